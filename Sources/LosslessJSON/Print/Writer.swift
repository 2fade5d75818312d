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
      let gap = spacing.gap(before: position, among: children)
      output += gap.utf8
      output += spacing.head(of: child).utf8
      write(child.value, indentation: spacing.indentation(behind: gap))
    }
    output += spacing.closing(after: children).utf8
    output.append(document.bytes[Int(node.end) - 1])
  }

  /// Prints a value without looking at how it is spaced in the document.
  private mutating func layOut(_ index: UInt32, indentation: String?) {
    let node = document.nodes[Int(index)]
    guard node.kind == .object || node.kind == .array else {
      output += document.bytes[Int(node.start)..<Int(node.end)]
      return
    }
    let children = document.children(of: index)
    let isSpread = layout.newline != nil && indentation != nil && !children.isEmpty
    let outer = (layout.newline ?? "") + (indentation ?? "")
    let padding = node.kind == .object && !children.isEmpty ? layout.padding : ""
    output.append(document.bytes[Int(node.start)])
    for (position, child) in children.enumerated() {
      if isSpread {
        output += ((position > 0 ? "," : "") + outer + layout.unit).utf8
      } else {
        output += (position > 0 ? layout.comma : padding).utf8
      }
      if let name = child.name { layOutHead(name) }
      write(child.value, indentation: isSpread ? indentation.map { $0 + layout.unit } : nil)
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
