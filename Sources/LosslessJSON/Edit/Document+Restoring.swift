extension Document {
  /// Restores a removed child: its text, its place and the trivia around it.
  ///
  /// The text and the trivia were stored outside of the document, where anybody could change them. They are
  /// checked, so that the result is always strict JSON.
  ///
  /// - Parameters:
  /// - name: the member's name, or `nil` in arrays.
  ///   - text: the ``Edit/spelling`` of the edit that removed it.
  /// - Throws: a problem if `text` is not one JSON value, if the container cannot contain it, or if the
  /// surroundings are more than whitespace with the required comma, or name and colon.
  public mutating func restore(
    _ name: String?, _ text: String, _ surroundings: Edit.Surroundings, in container: NodeID,
    because reason: Edit.Reason
  ) throws(Problem) {
    guard isJSON else {
      return try restoreInSource(name, text, surroundings, in: container, reason)
    }
    try check(surroundings, around: name, in: container)
    let value = try adopt(text, parent: container.index)
    let nameNode = name.map { tree.printName($0, of: container.index) }
    var added = Trivia.OfChild()
    if name != nil {
      added.name = surroundings.nameSpelling.map { tree.append(trivia: $0) }
    }
    let children = tree.children(of: container.index)
    let index = min(max(surroundings.index, 0), children.count)
    let separator = surroundings.separator.flatMap {
      $0.isWhiteSpace ? nil : tree.append(trivia: $0)
    }
    // A first child is followed by its separator. The whitespace before it belongs to the bracket.
    if index == 0, !children.isEmpty {
      trivia.children[children[0].value, default: Trivia.OfChild()].separator = separator
    } else {
      added.separator = separator
    }
    trivia.children[value] = added
    if children.isEmpty, let prefix = surroundings.separator, prefix.isWhiteSpace {
      var brackets = trivia.containers[container.index] ?? Trivia.OfContainer()
      brackets.prefix = tree.append(trivia: prefix)
      brackets.suffix = surroundings.suffix.map { tree.append(trivia: $0) }
      trivia.containers[container.index] = brackets
    }
    add(Child(name: nameNode, value: value), at: index, in: container, reason)
  }

  /// Restores the former spelling of a value.
  ///
  /// - Throws: a problem if `text` is not one JSON value, or `node` is not inside the document.
  public mutating func restore(
    _ node: NodeID, to text: String, because reason: Edit.Reason
  ) throws(Problem) {
    guard node != root, contains(node) else {
      throw .unrestorable("its place is not in the document")
    }
    guard isJSON else { return try restoreInSource(node, to: text, reason) }
    let new = try adopt(text, parent: tree.nodes[Int(node.index)].parent)
    _ = replace(node, by: new, reason)
  }

  /// Restores a null with its spelling. YAML also allows `~`, `Null` and an empty text.
  ///
  /// - Parameter spelling: the ``Edit/spelling`` of the edit that replaced the null. Any other text
  ///   results in a plain null.
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

  /// Sets the whitespace between the brackets of an emptied container. Any other text is ignored, so that
  /// there is none.
  public mutating func setInterior(_ text: String, of container: NodeID) {
    guard contains(container) else { return }
    guard isJSON else { return setInteriorInSource(text, of: container) }
    let interior = tree.append(trivia: text.isWhiteSpace ? text : "")
    trivia.containers[container.index, default: Trivia.OfContainer()].interior = interior
  }

  /// Appends the text of a value whose layout is kept byte for byte.
  mutating func adopt(_ text: String, parent: UInt32) throws(Problem) -> UInt32 {
    do throws(SyntaxError) {
      return try tree.adopt(text, parent: parent, depth: path(to: NodeID(parent)).count + 1)
    } catch {
      throw error.problem
    }
  }

  /// The trivia that ``remove(_:because:)`` removes with a child.
  func surroundings(
    of children: [Child], _ index: Int, in container: UInt32
  ) -> Edit.Surroundings {
    let spacing = spacing(of: container, layout)
    let isOnly = children.count == 1
    return Edit.Surroundings(
      index: index,
      nameSpelling: children[index].name.map { _ in spacing.nameSpelling(of: children[index]) },
      separator: spacing.separator(before: isOnly ? 0 : max(index, 1), among: children),
      suffix: isOnly ? spacing.suffix(after: children) : nil)
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
      if let spelling = surroundings.nameSpelling { try check(spelling, of: name) }
    }
    let separator = surroundings.separator ?? ""
    let parts = separator.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ String($0)?.isWhiteSpace ?? false }),
      surroundings.suffix?.isWhiteSpace ?? true
    else {
      throw .unrestorable("the text around it is more than whitespace and a comma")
    }
  }

  private func check(_ spelling: String, of name: String) throws(Problem) {
    let object = try Document(Array("{\(spelling)null}".utf8))
    let members = object.members(of: object.root)
    guard members.count == 1, members[0].name.isSpelled(like: name),
      object.kind(of: members[0].value) == .null
    else { throw .unrestorable("its name is not spelled '\(name)'") }
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
  /// Whether the text is JSON whitespace.
  fileprivate var isWhiteSpace: Bool {
    utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
  }
}
