import EnvoyBootstrap
import LosslessJSON

/// JSON objects that stand in strings of a document, such as Envoy's configuration in its command.
enum EmbeddedJSON {
  private static let quote = UInt8(ascii: "\"")
  private static let escape = UInt8(ascii: "\\")

  /// The text of a document for people: each string in double quotes that holds a JSON object, or one
  /// that is compressed, is replaced by the object, indented below the line. It is not a document
  /// anymore.
  static func expanded(_ document: [UInt8], _ redaction: Redaction) -> [UInt8] {
    var output: [UInt8] = []
    for line in document.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.startIndex > 0 { output.append(UInt8(ascii: "\n")) }
      output += expanded(line, redaction)
    }
    return output
  }

  private static func expanded(_ line: ArraySlice<UInt8>, _ redaction: Redaction) -> [UInt8] {
    let margin = "\n" + String(repeating: " ", count: line.prefix { $0 == 0x20 }.count)
    var output: [UInt8] = []
    var rest = line
    while let literal = firstString(in: rest) {
      output += rest[..<literal.lowerBound]
      if let object = object(in: rest[literal]) {
        let lines = redaction.masked(object).prettyText.split(separator: "\n")
        output += lines.joined(separator: margin).utf8
      } else {
        output += rest[literal]
      }
      rest = rest[literal.upperBound...]
    }
    return output + rest
  }

  /// The range of the first text in double quotes, with them.
  private static func firstString(in line: ArraySlice<UInt8>) -> Range<Int>? {
    guard let start = line.firstIndex(of: quote) else { return nil }
    var index = start + 1
    while index < line.endIndex, line[index] != quote { index += line[index] == escape ? 2 : 1 }
    return index < line.endIndex ? start..<index + 1 : nil
  }

  private static func object(in literal: ArraySlice<UInt8>) -> JSONValue? {
    // Short strings hold no configuration, and most strings are short.
    guard literal.count > 40, let text = value(of: Array(literal))?.string else { return nil }
    let content = text.hasPrefix("{") ? text : CompressedBootstrap.decompress(text)
    guard let content, let value = value(of: Array(content.utf8)), value.object != nil else {
      return nil
    }
    return value
  }

  private static func value(of text: [UInt8]) -> JSONValue? {
    (try? Document(text)).map { $0.value($0.root) }
  }
}
