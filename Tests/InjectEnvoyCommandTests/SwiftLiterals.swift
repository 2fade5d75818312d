/// The string literals of a Swift source: a lexer for comments, plain, raw and multi-line strings, and
/// the strings inside of interpolations.
struct SwiftLiterals {
  /// Each literal without its delimiters, with a space for each interpolation.
  private(set) var texts: [String] = []
  private let bytes: [UInt8]
  private var index = 0

  init(of source: String) {
    bytes = Array(source.utf8)
    readCode(isInterpolation: false)
  }

  /// - Parameter isInterpolation: whether the code ends at the parenthesis that closes it.
  private mutating func readCode(isInterpolation: Bool) {
    var depth = 0
    while index < bytes.count {
      if starts("//") {
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
      } else if starts("/*") {
        skipBlockComment()
      } else if let pounds = openingPounds() {
        readString(pounds)
      } else {
        depth += starts("(") ? 1 : starts(")") ? -1 : 0
        index += 1
        if isInterpolation, depth < 0 { return }
      }
    }
  }

  private mutating func skipBlockComment() {
    var depth = 0
    repeat {
      depth += starts("/*") ? 1 : starts("*/") ? -1 : 0
      index += starts("/*") || starts("*/") ? 2 : 1
    } while depth > 0 && index < bytes.count
  }

  /// The number of `#` before a quote at this place, or `nil` if no string begins here.
  private func openingPounds() -> Int? {
    let pounds = bytes[index...].prefix { $0 == UInt8(ascii: "#") }.count
    let isString = index + pounds < bytes.count && bytes[index + pounds] == UInt8(ascii: "\"")
    return isString ? pounds : nil
  }

  private mutating func readString(_ pounds: Int) {
    index += pounds
    let marks = String(repeating: "#", count: pounds)
    let quotes = starts("\"\"\"") ? "\"\"\"" : "\""
    index += quotes.utf8.count
    var text: [UInt8] = []
    while index < bytes.count, !starts(quotes + marks) {
      if starts("\\\(marks)(") {
        index += pounds + 2
        readCode(isInterpolation: true)
        text.append(UInt8(ascii: " "))
      } else {
        // An escaped quote or backslash does not end the literal.
        let length = starts("\\\(marks)") ? pounds + 2 : 1
        text += bytes[index..<min(index + length, bytes.count)]
        index += length
      }
    }
    index += quotes.utf8.count + pounds
    texts.append(String(decoding: text, as: UTF8.self))
  }

  private func starts(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }
}
