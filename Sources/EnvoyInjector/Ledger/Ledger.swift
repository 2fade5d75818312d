import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// How to take an injection back: the inverse of its edits, last first, short enough for a label.
///
/// It has to work on the very bytes that inject printed, where every byte of the input returns,
/// as well as on what ECS describes after registration, where order and white space are another's,
/// and after people have edited the document. So it calls containers and dependencies by name,
/// and removes only what was added.
struct Ledger: Hashable, Sendable {
  enum Step: Hashable, Sendable {
    /// Remove what was added.
    /// - Parameters:
    ///   - prunes: if it is the last element, remove the list as well: it was added with it.
    ///   - leavesNull: a null stood in the place of what is removed, spelled like this.
    ///   - closing: white space that stays in the emptied container.
    case remove(JSONPointer, prunes: Bool, leavesNull: String?, closing: String)
    /// Give a value its former spelling, if it still is what inject made of it.
    case replace(JSONPointer, was: String, text: String)
    /// Bring back what was removed.
    case add(JSONPointer, text: String, Edit.Surroundings)
    /// Take what a task was granted out of the policy of a role, but for what other tasks have been
    /// granted, and the policy with its last statement.
    case revoke(JSONPointer, [JSONValue], PolicyListOrigin)
  }

  let steps: [Step]

  /// The policy that inject adds to a role of a template.
  static func policy(of role: String) -> JSONPointer {
    JSONPointer([
      "Resources", role, "Properties", RoleProperty.policies, "=" + SharedPolicy.name,
    ])
  }

  fileprivate static func append(
    inverseOf change: Change, in document: Document, to steps: inout [Step]
  ) {
    let path = document.namedPointer(change)
    guard !change.isRemoval else {
      return steps.append(.add(path, text: change.spelling ?? "null", change.surroundings))
    }
    // What took the place of `null` goes whatever became of it, as if it had been added.
    let leavesNull = change.before == "null" ? change.spelling ?? "null" : nil
    if let spelling = change.spelling, leavesNull == nil {
      return steps.append(.replace(path, was: document.after(change) ?? "null", text: spelling))
    }
    let names = document.elementNames(change)
    guard names.isEmpty else {
      steps += names.map {
        .remove(path / ("=" + $0), prunes: true, leavesNull: leavesNull, closing: "")
      }
      return
    }
    let closing = change.surroundings.suffix ?? ""
    steps.append(.remove(path, prunes: false, leavesNull: leavesNull, closing: closing))
  }
}

extension StageContext {
  /// How to take back everything that filters have done to the task so far.
  var ledger: Ledger {
    // The roles are the only place outside of the task where filters write.
    let revocations = grants.map {
      Ledger.Step.revoke(Ledger.policy(of: $0.role), $0.statements, $0.origin)
    }
    let isShared = !grants.isEmpty
    return Ledger(
      steps: revocations
        + task.steps(since: firstEdit, adding: addedContainers, isShared: isShared))
  }

  /// What stood in the place of a role's list of policies before the last edit added one.
  var originOfLastEdit: PolicyListOrigin? {
    guard let change = task.document.changes.last else { return nil }
    var steps: [Ledger.Step] = []
    Ledger.append(inverseOf: change, in: task.document, to: &steps)
    return steps.first?.origin
  }
}

extension TaskDefinition {
  /// How to take back the edits of the task from an index on.
  ///
  /// - Parameter isShared: whether edits outside of the task are among them.
  fileprivate func steps(
    since firstEdit: Int, adding added: [NodeID], isShared: Bool
  ) -> [Ledger.Step] {
    var steps: [Ledger.Step] = []
    for change in document.changes[firstEdit...].reversed() {
      // What happened inside an added container goes with it.
      guard added.contains(change.node) || !isInside(change.container, added),
        !isShared || isInside(change.container, [root])
      else { continue }
      Ledger.append(inverseOf: change, in: document, to: &steps)
    }
    return steps
  }

  /// Whether a value stands in one of `containers`, or is one.
  private func isInside(_ node: NodeID, _ containers: [NodeID]) -> Bool {
    var node = node
    while !containers.contains(node) {
      if node == document.root { return false }
      node = document.container(of: node)
    }
    return true
  }
}
