/// Prints a document with its edits: bytes that no edit concerns are copied, inserted values are
/// laid out like their surroundings.
struct Writer {
  let document: Document
  let layout: Layout
  /// Nothing is copied: every value is laid out anew.
  let isReprint: Bool
  var output: [UInt8] = []

  init(_ document: Document, reprinting layout: Layout? = nil) {
    self.document = document
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
      output += document.bytes[Int(node.start)..<Int(node.end)]
    }
  }

  private mutating func splice(_ index: UInt32, indentation: String?) {
    let children = document.children(of: index)
    let spacing = Spacing(of: index, in: document, layout: layout, outer: indentation)
    let node = document.nodes[Int(index)]
    output.append(document.bytes[Int(node.start)])
    for (position, child) in children.enumerated() {
      if let lead = spacing.scannedLead(of: position, among: children) {
        output += document.bytes[lead]
      } else {
        output += spacing.gap(before: position, among: children).utf8
        output += spacing.head(of: child).utf8
      }
      if isCopied(child.value) {
        write(child.value, indentation: nil)
      } else {
        let gap = spacing.gap(before: position, among: children)
        write(child.value, indentation: spacing.indentation(behind: gap))
      }
    }
    output += spacing.closing(after: children).utf8
    output.append(document.bytes[Int(node.end) - 1])
  }

  /// Whether a value is printed as it stands in the document, wherever that is.
  private func isCopied(_ value: UInt32) -> Bool {
    !isReprint && document.nodes[Int(value)].flags.isDisjoint(with: [.generated, .changed])
  }

  /// Prints a value without looking at how it is spaced in the document.
  private mutating func layOut(_ index: UInt32, indentation: String?) {
    let node = document.nodes[Int(index)]
    let isCompact = layout.isCompact && node.flags.isDisjoint(with: .changed) && !isReprint
    guard node.isContainer, !isCompact else {
      output += document.bytes[Int(node.start)..<Int(node.end)]
      return
    }
    let children = document.children(of: index)
    let isSpread = layout.newline != nil && indentation != nil && !children.isEmpty
    let outer = (layout.newline ?? "") + (indentation ?? "")
    let padding = node.kind == .object && !children.isEmpty ? layout.padding : ""
    let lead = isSpread ? outer + layout.unit : padding
    let separator = isSpread ? "," + lead : layout.comma
    let inner = isSpread ? indentation.map { $0 + layout.unit } : nil
    output.append(document.bytes[Int(node.start)])
    for (position, child) in children.enumerated() {
      output += (position > 0 ? separator : lead).utf8
      if let name = child.name { layOutHead(name) }
      write(child.value, indentation: inner)
    }
    output += (isSpread ? outer : padding).utf8
    output.append(document.bytes[Int(node.end) - 1])
  }

  private mutating func layOutHead(_ name: UInt32) {
    let node = document.nodes[Int(name)]
    output += document.bytes[Int(node.start)..<Int(node.end)]
    output += layout.colon.utf8
  }
}
