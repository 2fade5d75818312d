/// The layout of a document, which added values must follow.
public struct Layout: Hashable, Sendable {
  /// `nil` if everything is on one line.
  var newline: String?
  /// The text of one level of indentation.
  var unit: String
  /// The text between a member's name and its value.
  var colon: String
  /// The text between the children of a container that is on one line.
  var comma: String
  /// The text inside the braces of an object that is on one line.
  var padding: String

  /// One line without white space.
  public static let compact = Layout(newline: nil, unit: "", colon: ":", comma: ",", padding: "")
  /// Two spaces per level.
  public static let pretty = Layout(
    newline: "\n", unit: "  ", colon: ": ", comma: ", ", padding: "")
  /// Whether this is the layout in which generated values are stored.
  var isCompact: Bool { newline == nil && colon == ":" && comma == "," && padding.isEmpty }
  static let oneLine = Layout(newline: nil, unit: "", colon: ": ", comma: ", ", padding: "")
}

extension Document {
  /// The layout of the first members in the input.
  var layout: Layout {
    var container = Int(tree.nodes[Int(root.index)].start) < inputCount ? root.index : 0
    guard let outermost = sample(of: container) else { return .oneLine }
    var sample = outermost
    // In `[{`, the first line break is inside the inner container.
    while sample.separatorWithNewline == nil, let inner = self.sample(of: sample.firstValue) {
      (container, sample) = (sample.firstValue, inner)
    }
    guard let separator = sample.separatorWithNewline, let newline = separator.newlineSequence
    else {
      return outermost.oneLine
    }
    let outer = tree.indentation(ofLineWith: tree.nodes[Int(container)].start)
    let inner = separator.indentation
    let step = inner.hasPrefix(outer) ? String(inner.dropFirst(outer.count)) : inner
    let isCommaFirst = separator.utf8.contains(UInt8(ascii: ","))
    return Layout(
      // A comma at the start of a line is below the bracket, so the indentation step is unknown.
      newline: newline, unit: isCommaFirst ? Layout.pretty.unit : step,
      colon: sample.colon ?? Layout.pretty.colon, comma: ", ", padding: "")
  }

  /// - Returns: `nil` if the container has no children.
  private func sample(of container: UInt32) -> Sample? {
    let node = tree.nodes[Int(container)]
    guard node.isContainer, node.next > container + 1 else { return nil }
    let (first, isObject) = (tree.nodes[Int(container) + 1], node.kind == .object)
    let firstValue = isObject ? container + 2 : container + 1
    let value = tree.nodes[Int(firstValue)]
    let hasSecond = value.next < node.next
    return Sample(
      firstValue: firstValue, prefix: tree.text(in: Int(node.start + 1)..<Int(first.start)),
      colon: isObject ? tree.text(in: Int(first.end)..<Int(value.start)) : nil,
      separator: hasSecond
        ? tree.text(in: Int(value.end)..<Int(tree.nodes[Int(value.next)].start)) : nil)
  }
}

/// The trivia around a container's first two children.
private struct Sample {
  let firstValue: UInt32
  /// The trivia before the first child.
  let prefix: String
  /// The trivia after the first member's name.
  let colon: String?
  /// The trivia between the first two children.
  let separator: String?

  var separatorWithNewline: String? {
    if prefix.newlineSequence != nil { return prefix }
    return separator?.newlineSequence == nil ? nil : separator
  }

  var oneLine: Layout {
    let colon = colon ?? Layout.oneLine.colon
    return Layout(
      newline: nil, unit: "", colon: colon,
      comma: separator ?? (colon.hasSuffix(" ") ? ", " : ","), padding: prefix)
  }
}

extension String {
  /// The line break in this trivia, or `nil` if there is none.
  var newlineSequence: String? {
    guard utf8.contains(UInt8(ascii: "\n")) else { return nil }
    return utf8.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
  }

  /// The spaces and tabs after the last line break in this trivia.
  var indentation: String {
    let line = utf8.lastIndex(of: UInt8(ascii: "\n")).map { utf8[utf8.index(after: $0)...] }
    let blanks = line?.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return blanks.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
