import LosslessJSON

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
    ///   - leavesNull: put `null` in the place of what is removed: that was there before.
    ///   - closing: white space that stays in the emptied container.
    case remove(JSONPointer, prunes: Bool, leavesNull: Bool, closing: String)
    /// Give a value its former spelling, if it still is what inject made of it.
    case replace(JSONPointer, was: String, text: String)
    /// Bring back what was removed.
    case add(JSONPointer, text: String, Edit.Surroundings)
  }

  let steps: [Step]

  init(steps: [Step]) { self.steps = steps }

  /// The ledger of everything that filters have done to the task so far.
  init(of task: TaskDefinition) {
    let added = task.addedContainers
    let changes = task.document.changes[task.firstEdit...].filter { change in
      // What happened inside an added container goes with it.
      added.contains(change.node) || !task.isInside(change.container, added)
    }
    let members = task.document.nameMembers
    let inverse = changes.reversed().flatMap {
      Self.inverse(of: task.document.edit($0), members)
    }
    let own = Ledger(steps: inverse)
    // What is inside of the task is its own: only a template's other resources are shared.
    let isShared =
      task.root != task.document.root
      && changes.contains { !task.isInside($0.container, [task.root]) }
    self = isShared ? own.sharing(with: Self.others(than: task)) : own
  }

  private static func inverse(of edit: Edit, _ members: [String]) -> [Step] {
    let path = edit.namedPointer
    guard let after = edit.after else {
      return [.add(path, text: edit.spelling ?? "null", edit.surroundings)]
    }
    // What took the place of `null` goes whatever became of it, as if it had been added.
    let leavesNull = edit.before == "null"
    if let spelling = edit.spelling, !leavesNull {
      return [.replace(path, was: after, text: spelling)]
    }
    let names = elementNames(in: after, members)
    guard names.isEmpty else {
      return names.map {
        .remove(path / ("=" + $0), prunes: true, leavesNull: leavesNull, closing: "")
      }
    }
    let closing = edit.surroundings.closing ?? ""
    return [.remove(path, prunes: false, leavesNull: leavesNull, closing: closing)]
  }

  /// The names by which the elements of an added list are found again; empty when one has none.
  ///
  /// - Parameter members: that hold names.
  private static func elementNames(in text: String, _ members: [String]) -> [String] {
    guard text.utf8.first == UInt8(ascii: "["), let list = try? Document(Array(text.utf8)) else {
      return []
    }
    let elements = list.value(list.root).array ?? []
    let names = elements.compactMap { element in
      members.lazy.compactMap { element[$0]?.string }.first
    }
    return names.count == elements.count ? names : []
  }
}

extension TaskDefinition {
  /// Whether a value stands in one of `containers`, or is one.
  fileprivate func isInside(_ node: NodeID, _ containers: [NodeID]) -> Bool {
    var node = node
    while node != document.root {
      if containers.contains(node) { return true }
      node = document.container(of: node)
    }
    return false
  }
}
