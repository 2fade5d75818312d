/// A step from a container to one of its children.
struct Step {
  /// The node of the member's name, or `nil` in arrays.
  let member: UInt32?
  /// The index of the element, or 0 in objects.
  let index: Int
  /// The node of the element's name, or `nil` if it has none or an earlier sibling has the same name.
  let elementName: UInt32?
}

extension Document {
  /// The pointer to a value. If an edit removed the value, the pointer to the closest container that is
  /// still in the document.
  public func pointer(to node: NodeID) -> JSONPointer { pointer(path(to: node)) }

  func pointer(_ path: [Step]) -> JSONPointer { JSONPointer(path.map { token($0) }) }

  private func token(_ step: Step) -> String {
    step.member.map { tree.text($0) } ?? String(step.index)
  }

  func path(to node: NodeID) -> [Step] {
    var path: [Step] = []
    path.reserveCapacity(8)
    var index = node.index
    while index != root.index {
      let parent = tree.nodes[Int(index)].parent
      // The value is outside of the value that the document was narrowed to.
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

  /// - Returns: `nil` if an edit removed the value.
  private func step(to index: UInt32, in container: UInt32) -> Step? {
    if tree.nodes[Int(container)].kind == .object {
      return tree.nameNode(of: index, in: container).map {
        Step(member: $0, index: 0, elementName: nil)
      }
    }
    return tree.place(of: index, in: container).map {
      Step(member: nil, index: $0, elementName: uniqueName(index, in: container))
    }
  }

  /// The value at a pointer, or `nil` if there is none.
  public func node(at pointer: JSONPointer) -> NodeID? {
    var node = root
    for token in pointer.tokens {
      guard let next = child(token, of: node) else { return nil }
      node = next
    }
    return node
  }

  /// The pointer to a value, with `=NAME` instead of the index for an element that has a name. Such a
  /// pointer still finds its value after elements were added, removed or moved.
  ///
  /// An element's name is the string in the first member that ``nameMembers`` lists.
  public func namedPointer(to node: NodeID) -> JSONPointer { namedPointer(path(to: node)) }

  func namedPointer(_ path: [Step]) -> JSONPointer {
    JSONPointer(path.map { step in step.elementName.map { "=" + tree.text($0) } ?? token(step) })
  }

  /// The value at a named pointer, or `nil` if there is none.
  public func node(atNamed pointer: JSONPointer) -> NodeID? {
    var node = root
    for token in pointer.tokens {
      let isName = kind(of: node) == .array && token.hasPrefix("=")
      let next =
        isName
        ? elements(of: node).first { element in
          elementName(element.index).map { tree.text($0) } == String(token.dropFirst())
        }
        : child(token, of: node)
      guard let next else { return nil }
      node = next
    }
    return node
  }

  /// The node of an element's name, or `nil` if an earlier sibling has the same name.
  private func uniqueName(_ element: UInt32, in array: UInt32) -> UInt32? {
    guard let name = elementName(element) else { return nil }
    let first = tree.firstValue(in: array) { sibling in
      sibling == element || elementName(sibling).map { tree.haveEqualText($0, name) } ?? false
    }
    return first == element ? name : nil
  }

  private func elementName(_ element: UInt32) -> UInt32? {
    guard tree.nodes[Int(tree.nodes[Int(element)].parent)].kind == .array else { return nil }
    for name in nameMembers {
      guard let member = member(name, of: NodeID(element)) else { continue }
      if tree.nodes[Int(member.index)].kind == .string { return member.index }
    }
    return nil
  }

  private func child(_ token: String, of node: NodeID) -> NodeID? {
    switch kind(of: node) {
    case .object: return member(token, of: node)
    case .array:
      let elements = elements(of: node)
      // RFC 6901 allows neither signs nor leading zeros in indices.
      guard let index = Int(token), String(index) == token, elements.indices.contains(index) else {
        return nil
      }
      return elements[index]
    default: return nil
    }
  }
}
