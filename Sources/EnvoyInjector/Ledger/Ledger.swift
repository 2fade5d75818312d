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

  /// The ledger as it stands in a label, for the ledger of a document.
  ///
  /// An element of an array is a task definition of its own, wherever it goes. So its ledger does not
  /// name its place in the array. The names around the body of a loop have variables, which
  /// CloudFormation would replace in the label too.
  ///
  /// - Parameter place: of the task definition.
  func standing(in place: [String]) -> Ledger {
    place.isEmpty
      ? self : moved { JSONPointer(Array($0.tokens.dropFirst(place.count))) }
  }

  /// The ledger of a document, for the one that stands in a label: the inverse of ``standing(in:)``.
  func read(in place: [String]) -> Ledger {
    place.isEmpty ? self : moved { JSONPointer(place + $0.tokens) }
  }

  private func moved(_ move: (JSONPointer) -> JSONPointer) -> Ledger {
    Ledger(
      steps: steps.map { step in
        switch step {
        case .remove(let pointer, let prunes, let leavesNull, let closing):
          .remove(move(pointer), prunes: prunes, leavesNull: leavesNull, closing: closing)
        case .replace(let pointer, let was, let text): .replace(move(pointer), was: was, text: text)
        case .add(let pointer, let text, let surroundings):
          .add(move(pointer), text: text, surroundings)
        case .revoke(let pointer, let statements, let origin):
          .revoke(move(pointer), statements, origin)
        }
      })
  }

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
    // Roles are the only other resources that filters edit.
    let revocations = grants.map {
      Ledger.Step.revoke(Ledger.policy(of: $0.role), $0.statements, $0.origin)
    }
    let isShared = !grants.isEmpty
    return Ledger(
      steps: revocations
        + task.steps(since: firstEdit, adding: addedContainers, isShared: isShared)
    ).standing(in: task.placeOfLedger)
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
  /// The part of each pointer that the task's ledger leaves out.
  var placeOfLedger: [String] {
    place.isElement || place.isInLoop ? document.pointer(to: root).tokens : []
  }

  /// The steps that undo the task's edits, starting with the edit at an index.
  ///
  /// - Parameter isShared: whether they include edits of other resources.
  fileprivate func steps(
    since firstEdit: Int, adding added: [NodeID], isShared: Bool
  ) -> [Ledger.Step] {
    var steps: [Ledger.Step] = []
    let resources = isShared ? TemplateResource.section(of: document) : nil
    for change in document.changes[firstEdit...].reversed() {
      // Edits inside an added container are undone by removing it.
      guard added.contains(change.node) || !isInside(change.container, added),
        resources.map({ isOutside($0, change) || isInside(change.container, [root]) }) != false
      else { continue }
      Ledger.append(inverseOf: change, in: document, to: &steps)
    }
    return steps
  }

  private func isOutside(_ section: NodeID, _ change: Change) -> Bool {
    !isInside(change.container, [section])
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
