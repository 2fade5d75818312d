/// Prints a document with its edits: bytes that no edit concerns are copied, inserted values are
/// laid out like their surroundings.
struct Writer {
  let document: Document
  let layout: Layout
  var output: [UInt8] = []

  init(_ document: Document, layout: Layout? = nil) {
    self.document = document
    self.layout = layout ?? document.layout
  }

  /// - Parameter indentation: of the line on which the value begins; `nil`: on one line.
  mutating func write(_ index: UInt32, indentation: String?) {
    let node = document.nodes[Int(index)]
    if node.flags.contains(.generated) {
      layOut(index, indentation: indentation)
    } else if node.flags.contains(.changed) {
      splice(index)
    } else {
      output += document.bytes[Int(node.start)..<Int(node.end)]
    }
  }

  private mutating func splice(_ index: UInt32) {
    let children = document.children(of: index)
    let spacing = Spacing(of: index, in: document, layout: layout)
    let node = document.nodes[Int(index)]
    output.append(document.bytes[Int(node.start)])
    for (position, child) in children.enumerated() {
      let gap = spacing.gap(before: position, among: children)
      output += gap.utf8
      output += spacing.head(of: child).utf8
      write(child.value, indentation: gap.newlineSequence == nil ? nil : gap.afterLastNewline)
    }
    output += spacing.closing(after: children).utf8
    output.append(document.bytes[Int(node.end) - 1])
  }

  /// Prints a value without looking at how it is spaced in the document.
  mutating func layOut(_ index: UInt32, indentation: String?) {
    let node = document.nodes[Int(index)]
    guard node.kind == .object || node.kind == .array else {
      output += document.bytes[Int(node.start)..<Int(node.end)]
      return
    }
    output.append(document.bytes[Int(node.start)])
    let children = document.children(of: index)
    let inner = layout.newline == nil ? nil : indentation.map { $0 + layout.unit }
    for (position, child) in children.enumerated() {
      if position > 0 { output += (inner == nil ? layout.comma : ",").utf8 }
      if let inner {
        output += ((layout.newline ?? "") + inner).utf8
      } else if position == 0, node.kind == .object {
        output += layout.padding.utf8
      }
      layOut(child, indentation: inner)
    }
    if !children.isEmpty {
      if inner != nil {
        output += ((layout.newline ?? "") + (indentation ?? "")).utf8
      } else if node.kind == .object {
        output += layout.padding.utf8
      }
    }
    output.append(document.bytes[Int(node.end) - 1])
  }

  private mutating func layOut(_ child: Child, indentation: String?) {
    if let name = child.name {
      let node = document.nodes[Int(name)]
      output += document.bytes[Int(node.start)..<Int(node.end)]
      output += layout.colon.utf8
    }
    layOut(child.value, indentation: indentation)
  }
}

extension Document {
  /// The document with its edits. Every byte outside them is a byte of the input.
  public func rendered() -> [UInt8] {
    guard !edits.isEmpty else { return Array(bytes[..<inputCount]) }
    var writer = Writer(self)
    writer.output.reserveCapacity(bytes.count * 2)
    guard root.index == 0 else { return renderedNarrowed(&writer) }
    let node = nodes[0]
    writer.output += bytes[..<Int(node.start)]
    writer.write(0, indentation: indentation(ofLineWith: node.start))
    writer.output += bytes[Int(node.end)..<inputCount]
    return writer.output
  }

  /// A value inside what was read becomes the document: its lines move left together. No JSON
  /// string holds a raw line end, so white space after one is always layout.
  private func renderedNarrowed(_ writer: inout Writer) -> [UInt8] {
    let outer = Array(indentation(ofLineWith: nodes[Int(root.index)].start).utf8)
    writer.write(root.index, indentation: String(decoding: outer, as: UTF8.self))
    var output: [UInt8] = []
    for line in writer.output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      if !output.isEmpty { output.append(UInt8(ascii: "\n")) }
      output += !output.isEmpty && line.starts(with: outer) ? line.dropFirst(outer.count) : line
    }
    if bytes[..<inputCount].last == UInt8(ascii: "\n") { output.append(UInt8(ascii: "\n")) }
    return output
  }

  /// The document with its edits in a layout of its own, with a final line end.
  public func reprinted(_ layout: Layout) -> [UInt8] {
    var writer = Writer(self, layout: layout)
    writer.layOut(root.index, indentation: layout.newline.map { _ in "" })
    return writer.output + [UInt8(ascii: "\n")]
  }

  func renderedText(of node: NodeID) -> [UInt8] {
    var writer = Writer(self)
    writer.write(node.index, indentation: nil)
    return writer.output
  }
}
