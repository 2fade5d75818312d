extension Document {
  /// The document with its edits. Every byte outside them is a byte of the input.
  public func rendered() -> [UInt8] {
    if let source { return source.bytes }
    guard !changes.isEmpty else { return Array(bytes[..<inputCount]) }
    var writer = Writer(self)
    guard root.index == 0 else { return renderedNarrowed(&writer) }
    let node = nodes[0]
    writer.output.copy(0..<Int(node.start))
    writer.write(0, indentation: rootIndentation)
    writer.output.copy(Int(node.end)..<inputCount)
    return writer.output.finished()
  }

  /// The document with its edits in a layout of its own, with a final line end.
  public func reprinted(_ layout: Layout) -> [UInt8] {
    var writer = Writer(self, reprinting: layout)
    writer.write(root.index, indentation: layout.newline.map { _ in "" })
    writer.output.append("\n")
    return writer.output.finished()
  }

  /// The text of a value as ``rendered()`` prints it.
  public func rendered(_ node: NodeID) -> [UInt8] { Array(renderedText(of: node).utf8) }

  func renderedText(of node: NodeID) -> String {
    if nodes[Int(node.index)].flags.areOfCopied { return spelling(node.index) }
    var writer = Writer(self)
    writer.write(node.index, indentation: lineIndentation(of: node.index, writer.layout))
    return String(decoding: writer.output.finished(), as: UTF8.self)
  }

  /// A value inside what was read becomes the document: its lines move left together. No JSON
  /// string holds a raw line end, so white space after one is always layout.
  private func renderedNarrowed(_ writer: inout Writer) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    let outer = Array(rootIndentation.utf8)
    writer.write(root.index, indentation: rootIndentation)
    let lines = writer.output.finished().split(separator: newline, omittingEmptySubsequences: false)
    var output = Array(lines[0])
    for line in lines.dropFirst() {
      output.append(newline)
      output += line.starts(with: outer) ? line.dropFirst(outer.count) : line
    }
    // The final line end stays.
    let tail = text(in: Int(nodes[0].end)..<inputCount)
    return output + (tail.newlineSequence ?? "").utf8
  }
}
