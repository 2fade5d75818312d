import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The steps that undo an injection: the inverse of its edits, last edit first, short enough for a label.
///
/// The steps must work on the bytes that inject printed, where they restore every byte of the input. They
/// must also work on ECS's description of the registered task, which has a different order and white space,
/// and after people have edited the document. Therefore they refer to containers and dependencies by name, and
/// remove only what was added.
struct Ledger: Hashable, Sendable {
  enum Step: Hashable, Sendable {
    /// Removes an added value.
    /// - Parameters:
    /// - prunes: whether to remove the list too if the value is its last element, because inject added it.
    /// - leavesNull: the spelling of the null that the value replaced, if it did.
    /// - closing: white space that remains in the emptied container.
    case remove(JSONPointer, prunes: Bool, leavesNull: String?, closing: String)
    /// Restores the former spelling of a value, unless it has changed since the injection.
    case replace(JSONPointer, was: String, text: String)
    /// Adds a removed value again.
    case add(JSONPointer, text: String, Edit.Surroundings)
    /// Removes a task's permissions from the policy of a role, except those that other tasks need. Removes the
    /// policy with its last statement.
    case revoke(JSONPointer, [JSONValue], PolicyListOrigin)
  }

  let steps: [Step]

  /// The place of the policy that inject adds to a role of a template.
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
    // A value that replaced `null` is removed even if it has changed, as if it had been added.
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
  /// The ledger of all edits that filters have made to the task so far.
  var ledger: Ledger {
    // Roles are the only places outside of the task that filters edit.
    let revocations = grants.map {
      Ledger.Step.revoke(Ledger.policy(of: $0.role), $0.statements, $0.origin)
    }
    let isShared = !grants.isEmpty
    return Ledger(
      steps: revocations
        + task.steps(since: firstEdit, adding: addedContainers, isShared: isShared))
  }

  /// The former content in place of a role's policy list, if the last edit added one.
  var originOfLastEdit: PolicyListOrigin? {
    guard let change = task.document.changes.last else { return nil }
    var steps: [Ledger.Step] = []
    Ledger.append(inverseOf: change, in: task.document, to: &steps)
    return steps.first?.origin
  }
}

extension TaskDefinition {
  /// The steps that undo the task's edits, starting with the edit at an index.
  ///
  /// - Parameter isShared: whether they include edits outside of the task.
  fileprivate func steps(
    since firstEdit: Int, adding added: [NodeID], isShared: Bool
  ) -> [Ledger.Step] {
    var steps: [Ledger.Step] = []
    for change in document.changes[firstEdit...].reversed() {
      // Edits inside an added container are undone by removing it.
      guard added.contains(change.node) || !isInside(change.container, added),
        !isShared || isInside(change.container, [root])
      else { continue }
      Ledger.append(inverseOf: change, in: document, to: &steps)
    }
    return steps
  }

  /// Whether a value is one of `containers`, or is inside one.
  private func isInside(_ node: NodeID, _ containers: [NodeID]) -> Bool {
    var node = node
    while !containers.contains(node) {
      if node == document.root { return false }
      node = document.container(of: node)
    }
    return true
  }
}
