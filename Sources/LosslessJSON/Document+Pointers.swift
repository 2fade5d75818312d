extension Document {
  /// Where a value stands in the document; for a value that an edit took out, where the closest
  /// container stands that is still there.
  public func pointer(to node: NodeID) -> JSONPointer { pointer(path(to: node)) }

  func pointer(_ path: [Step]) -> JSONPointer { JSONPointer(path.map { token($0) }) }

  private func token(_ step: Step) -> String { step.member.map { text($0) } ?? String(step.index) }

  func path(to node: NodeID) -> [Step] {
    var path: [Step] = []
    path.reserveCapacity(8)
    var index = node.index
    while index != root.index {
      let parent = nodes[Int(index)].parent
      // Outside of the value to which the document was narrowed.
      guard parent != index else { return [] }
      if let step = step(to: index, in: parent) {
        path.append(step)
      } else {
        path.removeAll()
      }
      index = parent
    }
    path.reverse()
    return path
  }

  /// - Returns: `nil` when an edit took the value out.
  private func step(to index: UInt32, in container: UInt32) -> Step? {
    if nodes[Int(container)].kind == .object {
      return nameNode(of: index, in: container).map {
        Step(member: $0, index: 0, elementName: nil)
      }
    }
    return place(of: index, in: container).map {
      Step(member: nil, index: $0, elementName: uniqueName(index, in: container))
    }
  }

  /// Whether a value stands in the document: no edit took it, or a container of it, out.
  func contains(_ node: NodeID) -> Bool {
    var index = node.index
    while index != root.index {
      let parent = nodes[Int(index)].parent
      guard parent != index, isChild(index, of: parent) else { return false }
      index = parent
    }
    return true
  }

  /// The value at a pointer; `nil` when nothing stands there.
  public func node(at pointer: JSONPointer) -> NodeID? {
    var node = root
    for token in pointer.tokens {
      guard let next = child(token, of: node) else { return nil }
      node = next
    }
    return node
  }

  /// Where a value stands, with elements of arrays called `=NAME` when they are objects that have
  /// a name. Such a pointer finds its place again after elements were added, removed or moved.
  ///
  /// A name is the string in the first member that ``nameMembers`` lists.
  public func namedPointer(to node: NodeID) -> JSONPointer { namedPointer(path(to: node)) }

  func namedPointer(_ path: [Step]) -> JSONPointer {
    JSONPointer(path.map { step in step.elementName.map { "=" + text($0) } ?? token(step) })
  }

  /// The value at a named pointer; `nil` when nothing stands there.
  public func node(atNamed pointer: JSONPointer) -> NodeID? {
    var node = root
    for token in pointer.tokens {
      let isName = kind(of: node) == .array && token.hasPrefix("=")
      let next =
        isName
        ? elements(of: node).first { element in
          elementName(element.index).map { text($0) } == String(token.dropFirst())
        }
        : child(token, of: node)
      guard let next else { return nil }
      node = next
    }
    return node
  }

  /// The object or array in which a value stands; the root stands in itself.
  public func container(of node: NodeID) -> NodeID { NodeID(nodes[Int(node.index)].parent) }

  /// The node of the name by which an element is found: no sibling before it has the same.
  private func uniqueName(_ element: UInt32, in array: UInt32) -> UInt32? {
    guard let name = elementName(element) else { return nil }
    let first = firstValue(in: array) { sibling in
      sibling == element || elementName(sibling).map { haveSameText($0, name) } ?? false
    }
    return first == element ? name : nil
  }

  private func elementName(_ element: UInt32) -> UInt32? {
    guard nodes[Int(nodes[Int(element)].parent)].kind == .array else { return nil }
    for name in nameMembers {
      guard let member = member(name, of: NodeID(element)) else { continue }
      if nodes[Int(member.index)].kind == .string { return member.index }
    }
    return nil
  }

  private func child(_ token: String, of node: NodeID) -> NodeID? {
    switch kind(of: node) {
    case .object: return member(token, of: node)
    case .array:
      let elements = elements(of: node)
      // RFC 6901 knows no signs and no leading zeros in indices.
      guard let index = Int(token), String(index) == token, elements.indices.contains(index) else {
        return nil
      }
      return elements[index]
    default: return nil
    }
  }
}
