/// How a document is laid out: what inserted text has to look like.
public struct Layout: Hashable, Sendable {
  /// `nil`: everything stands on one line.
  var newline: String?
  /// One level of indentation.
  var unit: String
  /// From a member's name to its value.
  var colon: String
  /// Between the children of a container that stands on one line.
  var comma: String
  /// Inside the braces of an object that stands on one line.
  var padding: String

  /// One line, without white space.
  public static let compact = Layout(newline: nil, unit: "", colon: ":", comma: ",", padding: "")
  /// Two spaces a level.
  public static let pretty = Layout(
    newline: "\n", unit: "  ", colon: ": ", comma: ", ", padding: "")
  static let oneLine = Layout(newline: nil, unit: "", colon: ": ", comma: ", ", padding: "")
}

extension Document {
  /// The layout that the document's first members show.
  var layout: Layout {
    let children = scannedChildren(of: root.index)
    guard let first = children.first else { return .oneLine }
    let spacing = Spacing(of: root.index, in: self, layout: .oneLine)
    let lead = spacing.gap(before: 0, among: children)
    let colon = first.name == nil ? Layout.pretty.colon : spacing.colon(after: first)
    guard let newline = lead.newlineSequence else {
      let comma = children.count > 1 ? spacing.gap(before: 1, among: children) : nil
      return Layout(
        newline: nil, unit: "", colon: colon,
        comma: comma ?? (colon.hasSuffix(" ") ? ", " : ","), padding: lead)
    }
    let outer = indentation(ofLineWith: nodes[Int(root.index)].start)
    let inner = lead.afterLastNewline
    return Layout(
      newline: newline, unit: inner.hasPrefix(outer) ? String(inner.dropFirst(outer.count)) : inner,
      colon: colon, comma: ", ", padding: "")
  }

  /// The white space at the start of the line on which a byte stands.
  func indentation(ofLineWith offset: UInt32) -> String {
    let start = (bytes[..<Int(offset)].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let blanks = bytes[start...].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return String(decoding: blanks, as: UTF8.self)
  }

  func text(in range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

extension String {
  /// The line end that this white space holds.
  var newlineSequence: String? {
    guard utf8.contains(UInt8(ascii: "\n")) else { return nil }
    return utf8.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
  }

  var afterLastNewline: String {
    guard let index = utf8.lastIndex(of: UInt8(ascii: "\n")) else { return self }
    return String(decoding: utf8[utf8.index(after: index)...], as: UTF8.self)
  }
}
