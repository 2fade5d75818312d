import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Undoes an injection of this tool with the ledger on its Envoy container.
struct TakeBack {
  static let name = "take-back"
  static let summary = "Take out what an earlier injection added, by its ledger"

  /// The patches of the current configuration.
  var patches: JSONPatch?

  /// The containers that carry our ledger.
  static func markedContainers(_ task: TaskDefinition) -> [NodeID] {
    task.containers.filter { ledgerText(of: $0, in: task) != nil }
  }

  private static func ledgerText(of container: NodeID, in task: TaskDefinition) -> String? {
    task.node(.dockerLabels, of: container)
      .flatMap { task.document.member(Mark.ledger, of: $0) }
      .flatMap { task.document.string($0) }
  }

  /// - Returns: `nil` if there is no injection, or its ledger cannot be read.
  static func ledger(of task: TaskDefinition) -> Ledger? {
    task.containers.lazy.compactMap { ledgerText(of: $0, in: task) }.first
      .flatMap(Ledger.init(parsing:))?.read(in: task.placeOfLedger)
  }

  /// The containers that an earlier injection added. For a gateway, these are all containers.
  static func addedContainers(in task: TaskDefinition) -> [NodeID] {
    task.isGateway ? task.containers : added(in: task)
  }

  /// The containers that an injection has added, according to its ledger. Empty if there is no injection, or
  /// its ledger cannot be read.
  private static func added(in task: TaskDefinition) -> [NodeID] {
    guard let list = task.node(.containerDefinitions), let ledger = ledger(of: task) else {
      return []
    }
    let containers = task.document.pointer(to: list).tokens
    return ledger.steps.compactMap { step in
      guard case .remove(let pointer, _, _, _) = step, pointer.tokens.dropLast() == containers[...]
      else { return nil }
      return task.document.node(atNamed: pointer)
    }
  }

  /// - Parameter revoked: collects the permissions that the task was granted. The caller removes them from the
  /// roles once all tasks are undone.
  /// - Returns: whether there was an injection to undo.
  func apply(
    to task: inout TaskDefinition, _ findings: inout Findings, revoked: inout [RoleGrant]
  ) -> Bool {
    let marked = Self.markedContainers(task)
    guard let container = marked.first else { return false }
    if marked.count > 1 {
      findings.add(Self.twoLedgers, at: marked[1], in: task.document)
    } else if let text = Self.ledgerText(of: container, in: task),
      let ledger = Ledger(parsing: text)?.read(in: task.placeOfLedger)
    {
      if let step = foreignStep(of: ledger, on: container, task) {
        findings.add(
          LedgerScope.foreignLedger, ["step": step.summary], at: container, in: task.document)
        return true
      }
      let name = task.name(of: container)
      for step in ledger.steps { apply(step, to: &task, &findings) }
      revoked += ledger.grants
      checkRemains(of: name, task, &findings)
    } else {
      findings.add(Self.unreadableLedger, at: container, in: task.document)
    }
    return true
  }

  /// The first step that inject cannot have written.
  ///
  /// Not inlined: the scope holds a copy of the task. If it lived during the edits, each task's first edit
  /// would copy the whole document.
  @inline(never)
  private func foreignStep(
    of ledger: Ledger, on envoy: NodeID, _ task: TaskDefinition
  ) -> Ledger.Step? {
    LedgerScope(of: task, envoy: envoy, patches: patches).firstForeign(of: ledger)
  }

  /// The ledger refers to containers by name, but people may have renamed them, or added references to them.
  private func checkRemains(
    of name: String, _ task: TaskDefinition, _ findings: inout Findings
  ) {
    if let renamed = Self.markedContainers(task).first {
      findings.add(
        Self.renamedContainer, ["name": task.name(of: renamed)], at: renamed, in: task.document)
    }
    guard task.container(named: name) == nil else { return }
    for container in task.containers {
      for dependency in task.list(.dependsOn, of: container)
      where task.text(.containerName, of: dependency) == name {
        findings.add(
          Self.leftBehind, ["name": task.name(of: container), "target": name], at: dependency,
          in: task.document)
      }
    }
  }

  private func apply(
    _ step: Ledger.Step, to task: inout TaskDefinition, _ findings: inout Findings
  ) {
    switch step {
    case .remove(let pointer, let prunes, let leavesNull, let closing):
      remove(pointer, prunes, leavesNull, closing, &task)
    case .replace(let pointer, let was, let text):
      guard let node = task.document.node(atNamed: pointer) else { return }
      guard isSame(node, was, task) else {
        return findings.add(
          Self.changedSince, ["pointer": pointer.description], at: node, in: task.document)
      }
      restore(&task, &findings) { task throws(Problem) in
        try task.document.restore(
          node, to: text, because: Self.reason("This is the original value."))
      }
    case .add(let pointer, let text, let surroundings):
      let parent = JSONPointer(pointer.tokens.dropLast())
      guard let container = task.document.node(atNamed: parent), let token = pointer.tokens.last,
        task.document.node(atNamed: pointer) == nil || task.document.kind(of: container) == .array
      else { return }
      let name = task.document.kind(of: container) == .object ? token : nil
      restore(&task, &findings) { task throws(Problem) in
        try task.document.restore(
          name, text, surroundings, in: container,
          because: Self.reason("This is the original value."))
      }
    // Handled by the caller, because other tasks may have the same permissions.
    case .revoke: break
    }
  }

  private func remove(
    _ pointer: JSONPointer, _ prunes: Bool, _ leavesNull: String?, _ closing: String,
    _ task: inout TaskDefinition
  ) {
    guard let node = task.document.node(atNamed: pointer) else { return }
    let origin = PolicyListOrigin(prunes: prunes, leavesNull: leavesNull, closing: closing)
    Self.remove(node, leaving: origin, in: &task.document)
  }

  /// - Parameter origin: the former content in place of the value, or of its list if the value is the last
  /// element of an added list.
  static func remove(
    _ node: NodeID, leaving origin: PolicyListOrigin, in document: inout Document
  ) {
    let container = document.container(of: node)
    let isLast = origin.prunes && document.elements(of: container) == [node]
    let removed = isLast ? container : node
    if let leavesNull = origin.leavesNull, isLast || !origin.prunes {
      return document.restore(
        removed, toNull: leavesNull, because: Self.reason("inject filled it."))
    }
    document.remove(removed, because: Self.reason("inject added it."))
    if !origin.closing.isEmpty { document.setInterior(origin.closing, of: container) }
  }

  private func isSame(_ node: NodeID, _ text: String, _ task: TaskDefinition) -> Bool {
    guard let document = try? Document(Array(text.utf8)) else { return false }
    return document.value(document.root) == task.document.value(node)
  }

  private func restore(
    _ task: inout TaskDefinition, _ findings: inout Findings,
    _ edit: (inout TaskDefinition) throws(Problem) -> Void
  ) {
    do throws(Problem) {
      try edit(&task)
    } catch {
      findings.add(Self.unreadableLedger, at: task.root, in: task.document)
    }
  }

  static func reason(_ text: String) -> Edit.Reason {
    Edit.Reason(filter: name, text)
  }
}

extension TakeBack {
  static let rules = [
    twoLedgers, unreadableLedger, LedgerScope.foreignLedger, renamedContainer, changedSince,
    leftBehind,
  ]

  private static let twoLedgers = Rule.error(
    "two-ledgers",
    "Two containers carry the mark of this tool, so it is unclear which injection to take back.",
    fix: "Remove the container that was copied from another task definition.")
  private static let unreadableLedger = Rule.error(
    "unreadable-ledger",
    "The ledger on this container cannot be read. It was edited, or a newer version wrote it.",
    fix: "Use that version, or start from the task definition before injection.")
  private static let renamedContainer = Rule.error(
    "renamed-container",
    "Container '{name}' was renamed after inject added it, so it cannot be removed together with its "
      + "references.",
    fix: "Restore its former name.")
  static let changedSince = Rule.warning(
    "changed-since", "{pointer} was changed after inject set it, so it is left as it is.",
    fix: "Check that the value is right without Envoy.")
  private static let leftBehind = Rule.warning(
    "left-behind",
    "Container '{name}' waits for '{target}', which was removed. inject did not write that "
      + "dependency.",
    fix: "Remove that element of dependsOn.", see: Rule.Source.dependency)
}
