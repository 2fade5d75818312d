extension Document {
  /// Brings back a removed child: its text, its place and the white space around it.
  ///
  /// What is brought back was kept outside the document, where anybody could change it, so it is
  /// checked: the result is always strict JSON.
  ///
  /// - Parameters:
  ///   - name: the member's name; `nil` in arrays.
  ///   - text: the ``Edit/spelling`` of the edit that removed it.
  /// - Throws: when `text` is not one JSON value, the container does not take it, or the
  ///   surroundings are more than white space with the comma or the name and colon that they need.
  public mutating func restore(
    _ name: String?, _ text: String, _ surroundings: Edit.Surroundings, in container: NodeID,
    because reason: Edit.Reason
  ) throws(Problem) {
    guard isJSON else {
      return try restoreInSource(name, text, surroundings, in: container, reason)
    }
    try check(surroundings, around: name, in: container)
    let value = try adopt(text, parent: container.index)
    let nameNode = name.map { generateName($0, parent: container.index) }
    // An element has no name that a head could spell.
    var joint = Joint(head: name == nil ? nil : surroundings.head.map { stash($0) })
    let children = children(of: container.index)
    let index = min(max(surroundings.index, 0), children.count)
    let separator = surroundings.gap.flatMap { $0.isWhiteSpace ? nil : stash($0) }
    // A first child's separator is the one behind it: the white space before it is the bracket's.
    if index == 0, !children.isEmpty {
      joints[children[0].value, default: Joint()].gap = separator
    } else {
      joint.gap = separator
    }
    joints[value] = joint
    if children.isEmpty, let lead = surroundings.gap, lead.isWhiteSpace {
      var rim = rims[container.index] ?? Rim()
      rim.lead = stash(lead)
      rim.closing = surroundings.closing.map { stash($0) }
      rims[container.index] = rim
    }
    add(Child(name: nameNode, value: value), at: index, in: container, reason)
  }

  /// Gives a value the spelling that it had before.
  ///
  /// - Throws: when `text` is not one JSON value, or `node` is not inside the document.
  public mutating func restore(
    _ node: NodeID, to text: String, because reason: Edit.Reason
  ) throws(Problem) {
    guard node != root, contains(node) else {
      throw .unrestorable("its place is not in the document")
    }
    guard isJSON else { return try restoreInSource(node, to: text, reason) }
    let new = try adopt(text, parent: nodes[Int(node.index)].parent)
    _ = replace(node, by: new, reason)
  }

  /// Gives a value back the null that it was, as it was spelled: YAML also has `~`, `Null` and
  /// nothing at all.
  ///
  /// - Parameter spelling: the ``Edit/spelling`` of the edit that replaced the null. Any other text
  ///   leaves a plain null.
  public mutating func restore(
    _ node: NodeID, toNull spelling: String, because reason: Edit.Reason
  ) {
    if !isJSON, node != root, contains(node),
      (try? restoreInSource(node, to: spelling, onlyAs: "null", reason)) != nil
    {
      return
    }
    replace(node, with: .null, because: reason)
  }

  /// Sets the white space that an emptied container holds; anything else is no white space and
  /// leaves the container without.
  public mutating func setClosing(_ text: String, of container: NodeID) {
    guard contains(container) else { return }
    guard isJSON else { return setHollowInSource(text, of: container) }
    let hollow = stash(text.isWhiteSpace ? text : "")
    rims[container.index, default: Rim()].hollow = hollow
  }

  /// What ``remove(_:because:)`` takes away around a child.
  func surroundings(
    of children: [Child], _ index: Int, in container: UInt32
  ) -> Edit.Surroundings {
    let spacing = spacing(of: container, layout)
    let isOnly = children.count == 1
    return Edit.Surroundings(
      index: index,
      head: children[index].name.map { _ in spacing.head(of: children[index]) },
      gap: spacing.gap(before: isOnly ? 0 : max(index, 1), among: children),
      closing: isOnly ? spacing.closing(after: children) : nil)
  }

  private func check(
    _ surroundings: Edit.Surroundings, around name: String?, in container: NodeID
  ) throws(Problem) {
    guard contains(container) else { throw .unrestorable("its place is not in the document") }
    guard kind(of: container) == (name == nil ? .array : .object) else {
      throw .unrestorable("its container is of another kind")
    }
    if let name {
      if member(name, of: container) != nil {
        throw .unrestorable("the object has a member '\(name)'")
      }
      if name.utf8.contains(0) { throw .unrestorable("its name contains U+0000") }
      if let head = surroundings.head { try check(head, of: name) }
    }
    let gap = surroundings.gap ?? ""
    let comma = gap.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard comma.count <= 2, comma.allSatisfy({ String($0)?.isWhiteSpace ?? false }),
      surroundings.closing?.isWhiteSpace ?? true
    else {
      throw .unrestorable("the text around it is more than whitespace and a comma")
    }
  }

  private func check(_ head: String, of name: String) throws(Problem) {
    let object = try Document(Array("{\(head)null}".utf8))
    let members = object.members(of: object.root)
    guard members.count == 1, members[0].name.isSpelled(like: name),
      object.kind(of: members[0].value) == .null
    else { throw .unrestorable("its name is not spelled '\(name)'") }
  }

  private mutating func stash(_ text: String) -> Range<Int> {
    let start = bytes.count
    bytes += text.utf8
    return start..<bytes.count
  }
}

extension Rule {
  public static let unrestorable = error(
    "unrestorable", "A value cannot be put back: {reason}.",
    fix: "Restore the document from a copy.")
}

extension Problem {
  static func unrestorable(_ reason: String) -> Problem {
    Problem(.unrestorable, ["reason": reason])
  }
}

extension String {
  /// White space of JSON and nothing else.
  fileprivate var isWhiteSpace: Bool {
    utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
  }
}
