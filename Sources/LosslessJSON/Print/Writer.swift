/// Prints a document with its edits: bytes that no edit concerns are copied, inserted values are
/// laid out like their surroundings.
struct Writer {
  let document: Document
  let layout: Layout
  /// Nothing is copied: every value is laid out anew.
  let isReprint: Bool
  var output: Output

  init(_ document: Document, reprinting layout: Layout? = nil) {
    self.document = document
    // What edits bring may be laid out on many lines.
    let count = document.inputCount + 2 * (document.bytes.count - document.inputCount)
    output = Output(copying: document.bytes, reserving: layout == nil ? count : 0)
    self.layout = layout ?? document.layout
    isReprint = layout != nil
  }

  /// - Parameter indentation: of the line on which the value begins; `nil`: on one line.
  mutating func write(_ index: UInt32, indentation: String?) {
    let node = document.nodes[Int(index)]
    if isReprint || node.flags.contains(.generated) {
      layOut(index, indentation: indentation)
    } else if node.flags.contains(.changed) {
      splice(index, indentation: indentation)
    } else {
      output.copy(Int(node.start)..<Int(node.end))
    }
  }

  private mutating func splice(_ index: UInt32, indentation: String?) {
    let children = document.children(of: index)
    let spacing = Spacing(of: index, in: document, layout: layout, outer: indentation)
    let node = document.nodes[Int(index)]
    output.copy(Int(node.start)..<Int(node.start) + 1)
    for (position, child) in children.enumerated() {
      let lead = spacing.scannedLead(of: position, among: children)
      if let lead { output.copy(lead) }
      if lead != nil, isCopied(child.value) {
        write(child.value, indentation: nil)
        continue
      }
      let gap = spacing.gap(before: position, among: children)
      if lead == nil {
        output.append(gap)
        output.append(spacing.head(of: child))
      }
      write(child.value, indentation: spacing.indentation(behind: gap))
    }
    output.append(spacing.closing(after: children))
    output.copy(Int(node.end) - 1..<Int(node.end))
  }

  /// Whether a value is printed as it stands in the document, wherever that is.
  private func isCopied(_ value: UInt32) -> Bool {
    !isReprint && document.nodes[Int(value)].flags.areOfCopied
  }

  /// Prints a value without looking at how it is spaced in the document.
  private mutating func layOut(_ index: UInt32, indentation: String?) {
    let node = document.nodes[Int(index)]
    let isCompact = layout.isCompact && node.flags.isDisjoint(with: .changed) && !isReprint
    guard node.isContainer, !isCompact else {
      output.copy(Int(node.start)..<Int(node.end))
      return
    }
    let children = document.children(of: index)
    let isSpread = layout.newline != nil && indentation != nil && !children.isEmpty
    let outer = (layout.newline ?? "") + (indentation ?? "")
    let padding = node.kind == .object && !children.isEmpty ? layout.padding : ""
    let lead = isSpread ? outer + layout.unit : padding
    let separator = isSpread ? "," + lead : layout.comma
    let inner = isSpread ? indentation.map { $0 + layout.unit } : nil
    output.copy(Int(node.start)..<Int(node.start) + 1)
    for (position, child) in children.enumerated() {
      output.append(position > 0 ? separator : lead)
      if let name = child.name { layOutHead(name) }
      write(child.value, indentation: inner)
    }
    output.append(isSpread ? outer : padding)
    output.copy(Int(node.end) - 1..<Int(node.end))
  }

  private mutating func layOutHead(_ name: UInt32) {
    let node = document.nodes[Int(name)]
    output.copy(Int(node.start)..<Int(node.end))
    output.append(layout.colon)
  }
}

extension Node.Flags {
  /// Whether the bytes of a value are printed as they are.
  var areOfCopied: Bool { isDisjoint(with: [.generated, .changed]) }
}
