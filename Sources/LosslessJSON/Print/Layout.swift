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
  /// Values that edits make are kept in this layout.
  var isCompact: Bool { newline == nil && colon == ":" && comma == "," && padding.isEmpty }
  static let oneLine = Layout(newline: nil, unit: "", colon: ": ", comma: ", ", padding: "")
}

extension Document {
  /// The layout that the first members of what was read show.
  var layout: Layout {
    var container = Int(nodes[Int(root.index)].start) < inputCount ? root.index : 0
    guard let outermost = sample(of: container) else { return .oneLine }
    var sample = outermost
    // In `[{` line ends begin further inside.
    while sample.newlineGap == nil, let inner = self.sample(of: sample.firstValue) {
      (container, sample) = (sample.firstValue, inner)
    }
    guard let gap = sample.newlineGap, let newline = gap.newlineSequence else {
      return outermost.oneLine
    }
    let outer = indentation(ofLineWith: nodes[Int(container)].start)
    let inner = gap.indentation
    let step = inner.hasPrefix(outer) ? String(inner.dropFirst(outer.count)) : inner
    return Layout(
      // A comma at the start of the line stands below the bracket.
      newline: newline, unit: gap.utf8.contains(UInt8(ascii: ",")) ? Layout.pretty.unit : step,
      colon: sample.colon ?? Layout.pretty.colon, comma: ", ", padding: "")
  }

  /// - Returns: `nil` for what has no children.
  private func sample(of container: UInt32) -> Sample? {
    let node = nodes[Int(container)]
    guard node.kind == .object || node.kind == .array, node.next > container + 1 else { return nil }
    let (first, isObject) = (nodes[Int(container) + 1], node.kind == .object)
    let firstValue = isObject ? container + 2 : container + 1
    let value = nodes[Int(firstValue)]
    let hasSecond = value.next < node.next
    return Sample(
      firstValue: firstValue, lead: text(in: Int(node.start + 1)..<Int(first.start)),
      colon: isObject ? text(in: Int(first.end)..<Int(value.start)) : nil,
      gap: hasSecond ? text(in: Int(value.end)..<Int(nodes[Int(value.next)].start)) : nil)
  }

  /// The white space at the start of the line on which a byte that was read stands.
  func indentation(ofLineWith offset: UInt32) -> String {
    let start = (bytes[..<Int(offset)].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let blanks = bytes[start..<Int(offset)].prefix {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
    }
    return String(decoding: blanks, as: UTF8.self)
  }

  func text(in range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

/// What a container's first children show.
private struct Sample {
  let firstValue: UInt32
  /// Before the first child.
  let lead: String
  /// Behind the first member's name.
  let colon: String?
  /// Between the first two children.
  let gap: String?

  var newlineGap: String? {
    if lead.newlineSequence != nil { return lead }
    return gap?.newlineSequence == nil ? nil : gap
  }

  var oneLine: Layout {
    let colon = colon ?? Layout.oneLine.colon
    return Layout(
      newline: nil, unit: "", colon: colon,
      comma: gap ?? (colon.hasSuffix(" ") ? ", " : ","), padding: lead)
  }
}

extension String {
  /// The line end that this white space holds.
  var newlineSequence: String? {
    guard utf8.contains(UInt8(ascii: "\n")) else { return nil }
    return utf8.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
  }

  /// The blanks after the last line end of a separator.
  var indentation: String {
    let line = utf8.lastIndex(of: UInt8(ascii: "\n")).map { utf8[utf8.index(after: $0)...] }
    let blanks = line?.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return blanks.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
