/// Prints a document with its edits. It copies the bytes outside the edits, and lays out added values like
/// the values around them.
struct Writer {
  let document: Document
  let layout: Layout
  /// Whether every value is laid out again, and nothing is copied.
  let isReprint: Bool
  var output: Output

  init(_ document: Document, reprinting layout: Layout? = nil) {
    self.document = document
    // Added values may be spread over many lines.
    let count = document.inputCount + 2 * (document.tree.bytes.count - document.inputCount)
    output = Output(copying: document.tree.bytes, reserving: layout == nil ? count : 0)
    self.layout = layout ?? document.layout
    isReprint = layout != nil
  }

  /// Prints a document in pieces: see ``Output``.
  init(_ document: Document, to take: @escaping ([UInt8]) -> Bool) {
    self.document = document
    output = Output(copying: document.tree.bytes, to: take)
    layout = document.layout
    isReprint = false
  }

  /// - Parameter indentation: the indentation of the line on which the value begins, or `nil` if everything
  /// is on one line.
  mutating func write(_ index: UInt32, indentation: String?) {
    let node = document.tree.nodes[Int(index)]
    if isReprint || node.flags.contains(.generated) {
      layOut(index, indentation: indentation)
    } else if node.flags.contains(.changed) {
      splice(index, indentation: indentation)
    } else {
      output.copy(Int(node.start)..<Int(node.end))
    }
  }

  private mutating func splice(_ index: UInt32, indentation: String?) {
    let children = document.tree.children(of: index)
    let spacing = Spacing(of: index, in: document, layout: layout, outer: indentation)
    let node = document.tree.nodes[Int(index)]
    output.copy(Int(node.start)..<Int(node.start) + 1)
    for (position, child) in children.enumerated() where !output.isStopped {
      let before = spacing.scannedBytes(before: position, among: children)
      if let before { output.copy(before) }
      if before != nil, isCopied(child.value) {
        write(child.value, indentation: nil)
        continue
      }
      let separator = spacing.separator(before: position, among: children)
      if before == nil {
        output.append(separator)
        output.append(spacing.nameSpelling(of: child))
      }
      write(child.value, indentation: spacing.indentation(behind: separator))
    }
    output.append(spacing.suffix(after: children))
    output.copy(Int(node.end) - 1..<Int(node.end))
  }

  /// Whether the bytes of a value are copied.
  private func isCopied(_ value: UInt32) -> Bool {
    !isReprint && document.tree.nodes[Int(value)].flags.areOfCopiedValue
  }

  /// Prints a value in ``layout``, regardless of its spacing in the document.
  private mutating func layOut(_ index: UInt32, indentation: String?) {
    let node = document.tree.nodes[Int(index)]
    let isCompact = layout.isCompact && node.flags.isDisjoint(with: .changed) && !isReprint
    guard node.isContainer, !isCompact else {
      output.copy(Int(node.start)..<Int(node.end))
      return
    }
    let children = document.tree.children(of: index)
    let isSpread = layout.newline != nil && indentation != nil && !children.isEmpty
    let outer = (layout.newline ?? "") + (indentation ?? "")
    let padding = node.kind == .object && !children.isEmpty ? layout.padding : ""
    let prefix = isSpread ? outer + layout.unit : padding
    let separator = isSpread ? "," + prefix : layout.comma
    let inner = isSpread ? indentation.map { $0 + layout.unit } : nil
    output.copy(Int(node.start)..<Int(node.start) + 1)
    for (position, child) in children.enumerated() {
      output.append(position > 0 ? separator : prefix)
      if let name = child.name { layOutName(name) }
      write(child.value, indentation: inner)
    }
    output.append(isSpread ? outer : padding)
    output.copy(Int(node.end) - 1..<Int(node.end))
  }

  private mutating func layOutName(_ name: UInt32) {
    let node = document.tree.nodes[Int(name)]
    output.copy(Int(node.start)..<Int(node.end))
    output.append(layout.colon)
  }
}

extension Document {
  /// The document with its edits. All other bytes are those of the input.
  public func rendered() -> [UInt8] {
    if let source { return source.bytes }
    guard !changes.isEmpty else { return Array(tree.bytes[..<inputCount]) }
    var writer = Writer(self)
    guard root.index == 0 else { return renderedNarrowed(&writer) }
    return printed(&writer)
  }

  private func printed(_ writer: inout Writer) -> [UInt8] {
    let node = tree.nodes[0]
    writer.output.copy(0..<Int(node.start))
    writer.write(0, indentation: rootIndentation)
    writer.output.copy(Int(node.end)..<inputCount)
    return writer.output.finished()
  }

  /// Whether ``print(to:)`` can print the document.
  var canPrintInPieces: Bool { source == nil && root.index == 0 }

  /// Prints what ``rendered()`` returns, in pieces.
  ///
  /// - Parameter take: returns whether it wants the next piece.
  func print(to take: @escaping ([UInt8]) -> Bool) {
    var writer = Writer(self, to: take)
    _ = printed(&writer)
  }

  /// The document with its edits in another layout, with a final line break.
  public func reprinted(_ layout: Layout) -> [UInt8] {
    var writer = Writer(self, reprinting: layout)
    writer.write(root.index, indentation: layout.newline.map { _ in "" })
    writer.output.append("\n")
    return writer.output.finished()
  }

  /// The text of a value as ``rendered()`` prints it.
  public func rendered(_ node: NodeID) -> [UInt8] { Array(renderedText(of: node).utf8) }

  func renderedText(of node: NodeID) -> String {
    if tree.nodes[Int(node.index)].flags.areOfCopiedValue { return tree.spelling(node.index) }
    var writer = Writer(self)
    writer.write(node.index, indentation: lineIndentation(of: node.index, writer.layout))
    return String(decoding: writer.output.finished(), as: UTF8.self)
  }

  /// Prints a value that ``narrow(to:because:)`` made the whole document. Its lines lose the indentation of the
  /// first. A JSON string has no raw line break, so whitespace after a line break is always layout.
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
    // Keep the final line break.
    let tail = tree.text(in: Int(tree.nodes[0].end)..<inputCount)
    return output + (tail.newlineSequence ?? "").utf8
  }
}

extension Node.Flags {
  /// Whether the bytes of the value are copied to the output.
  var areOfCopiedValue: Bool { isDisjoint(with: [.generated, .changed]) }
}
