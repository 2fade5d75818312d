import LosslessJSON

/// Takes back an injection of this tool, by the ledger that it left on the Envoy container.
struct TakeBack {
  static let name = "take-back"

  /// The container that carries our ledger.
  static func markedContainers(_ task: TaskDefinition) -> [NodeID] {
    task.containers.filter { ledgerText(of: $0, in: task) != nil }
  }

  private static func ledgerText(of container: NodeID, in task: TaskDefinition) -> String? {
    task.node(.dockerLabels, of: container)
      .flatMap { task.document.member(Mark.ledger, of: $0) }
      .flatMap { task.document.string($0) }
  }

  /// - Returns: whether there was an injection to take back.
  func apply(to task: inout TaskDefinition, _ findings: inout Findings) -> Bool {
    let marked = Self.markedContainers(task)
    guard let container = marked.first else { return false }
    if marked.count > 1 {
      findings.add(.twoLedgers, at: marked[1], in: task.document)
    } else if let text = Self.ledgerText(of: container, in: task),
      let ledger = Ledger(parsing: text)
    {
      task.filter = Self.name
      for step in ledger.steps { apply(step, to: &task, &findings) }
    } else {
      findings.add(.unreadableLedger, at: container, in: task.document)
    }
    return true
  }

  private func apply(
    _ step: Ledger.Step, to task: inout TaskDefinition, _ findings: inout Findings
  ) {
    switch step {
    case .remove(let pointer, let prunes, let closing):
      remove(pointer, prunes, closing, &task)
    case .replace(let pointer, let was, let text):
      guard let node = task.document.node(atNamed: pointer) else { return }
      guard isSame(node, was, task) else {
        return findings.add(.changedSince(pointer), at: node, in: task.document)
      }
      restore(&task, &findings) { task throws(SyntaxError) in
        try task.document.restore(node, to: text, because: Self.reason("what stood here before"))
      }
    case .add(let pointer, let text, let surroundings):
      let parent = JSONPointer(pointer.tokens.dropLast())
      guard let container = task.document.node(atNamed: parent), let token = pointer.tokens.last,
        task.document.node(atNamed: pointer) == nil || task.document.kind(of: container) == .array
      else { return }
      let name = task.document.kind(of: container) == .object ? token : nil
      restore(&task, &findings) { task throws(SyntaxError) in
        try task.document.restore(
          name, text, surroundings, in: container, because: Self.reason("what stood here before"))
      }
    }
  }

  private func remove(
    _ pointer: JSONPointer, _ prunes: Bool, _ closing: String, _ task: inout TaskDefinition
  ) {
    guard let node = task.document.node(atNamed: pointer) else { return }
    let list = task.document.container(of: node)
    if prunes, task.document.elements(of: list) == [node] {
      return task.remove(list, because: "inject added it")
    }
    task.remove(node, because: "inject added it")
    if !closing.isEmpty { task.document.setClosing(closing, of: list) }
  }

  private func isSame(_ node: NodeID, _ text: String, _ task: TaskDefinition) -> Bool {
    guard let document = try? Document(Array(text.utf8)) else { return false }
    return document.value(document.root) == task.document.value(node)
  }

  private func restore(
    _ task: inout TaskDefinition, _ findings: inout Findings,
    _ edit: (inout TaskDefinition) throws(SyntaxError) -> Void
  ) {
    do throws(SyntaxError) {
      try edit(&task)
    } catch {
      findings.add(.unreadableLedger, in: task.document)
    }
  }

  private static func reason(_ text: String) -> Edit.Reason {
    Edit.Reason(filter: name, text)
  }
}

extension Finding.Message {
  fileprivate static let twoLedgers = Self(.twoLedgers)
  fileprivate static let unreadableLedger = Self(
    .unreadableLedger,
    "the ledger on this container can't be read: it was edited, or a newer version wrote it")
  fileprivate static func changedSince(_ pointer: JSONPointer) -> Self {
    Self(
      .changedSince, "\(pointer) was changed after inject had set it, so it is left as it is")
  }
}
