internal import LosslessJSON

/// Prints generated values as YAML, and records the place of each value and name.
struct Emitter {
  /// The place of a value.
  enum Place {
    /// At this column of a line that has been printed up to it.
    case block(column: Int)
    /// On the line of a dash at this column.
    case behindDash(column: Int)
    /// On the line of its name, without children.
    case behindColon(blanks: String)
    /// On its own lines.
    case below(column: Int)
    /// Inside brackets.
    case flow

    var isBelow: Bool {
      if case .below = self { true } else { false }
    }
  }

  private let document: Document
  private let indentation: Indentation
  /// A child that is being added to an empty collection.
  var filling: (container: UInt32, child: Child)?
  private(set) var output: [UInt8] = []
  /// Offsets count from the start of ``output``.
  private(set) var spans: [(node: UInt32, span: Span)] = []

  init(_ document: Document, _ indentation: Indentation) {
    self.document = document
    self.indentation = indentation
  }

  mutating func value(_ node: UInt32, _ place: Place) {
    let start = output.count
    switch place {
    case .block(let column): content(node, column: column, item: start, indicator: start)
    case .behindDash(let column):
      output += " ".utf8
      content(node, column: column + 2, item: start, indicator: start)
    case .behindColon(let blanks):
      output += blanks.utf8
      content(node, column: 0, item: start, indicator: start)
    case .below(let column):
      line(column)
      content(node, column: column, item: start, indicator: start)
    case .flow: flow(node, item: start, indicator: start)
    }
  }

  /// A member or element of a block collection.
  mutating func entry(_ child: Child, column: Int) {
    let item = output.count
    if let name = child.name {
      key(name, in: .block)
      let kind = document.kind(of: NodeID(child.value))
      let indicator = output.count
      if hasChildren(child.value) {
        let column = column + indentation.step(kind)
        line(column)
        content(child.value, column: column, item: item, indicator: indicator)
      } else {
        output += " ".utf8
        content(child.value, column: column, item: item, indicator: indicator)
      }
    } else {
      output += "- ".utf8
      content(child.value, column: column + 2, item: item, indicator: output.count - 1)
    }
  }

  /// A member or element of a collection in brackets.
  mutating func flowEntry(_ child: Child) {
    let item = output.count
    if let name = child.name {
      key(name, in: .flow)
      output += " ".utf8
    }
    flow(child.value, item: item, indicator: output.count)
  }

  mutating func line(_ column: Int) {
    output += indentation.newline.utf8
    output += repeatElement(UInt8(ascii: " "), count: column)
  }

  func hasChildren(_ node: UInt32) -> Bool { !children(of: node).isEmpty }

  private func children(of node: UInt32) -> [Child] {
    if let filling, filling.container == node { return [filling.child] }
    return document.children(of: node)
  }

  private mutating func content(_ node: UInt32, column: Int, item: Int, indicator: Int) {
    let children = children(of: node)
    guard !children.isEmpty else { return scalar(node, .block, item: item, indicator: indicator) }
    let start = output.count
    for (index, child) in children.enumerated() {
      if index > 0 { line(column) }
      entry(child, column: column)
    }
    note(node, from: start, item: item, indicator: indicator, .block)
  }

  private mutating func flow(_ node: UInt32, item: Int, indicator: Int) {
    let children = children(of: node)
    guard !children.isEmpty else { return scalar(node, .flow, item: item, indicator: indicator) }
    let start = output.count
    let isObject = document.kind(of: NodeID(node)) == .object
    output += (isObject ? "{" : "[").utf8
    for (index, child) in children.enumerated() {
      if index > 0 { output += ", ".utf8 }
      flowEntry(child)
    }
    output += (isObject ? "}" : "]").utf8
    note(node, from: start, item: item, indicator: indicator, .flow)
  }

  private mutating func key(_ name: UInt32, in context: ScalarText.Context) {
    let start = output.count
    output += ScalarText.name(document.string(NodeID(name)) ?? "", in: context).utf8
    note(name, from: start, item: start, indicator: output.count, .leaf)
    output += ":".utf8
  }

  private mutating func scalar(
    _ node: UInt32, _ context: ScalarText.Context, item: Int, indicator: Int
  ) {
    let start = output.count
    let value = document.value(NodeID(node))
    output += ScalarText.text(of: value, in: context).utf8
    let isCollection = value.array != nil || value.object != nil
    note(node, from: start, item: item, indicator: indicator, isCollection ? .flow : .leaf)
  }

  private mutating func note(
    _ node: UInt32, from start: Int, item: Int, indicator: Int, _ form: Span.Form
  ) {
    let span = Span(
      start: start, end: output.count, item: item, indicator: indicator, form: form)
    spans.append((node, span))
  }
}
