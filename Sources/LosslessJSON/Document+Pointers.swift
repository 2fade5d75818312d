extension Document {
  /// Where a value stands in the document; for a value that an edit took out, where the closest
  /// container stands that is still there.
  public func pointer(to node: NodeID) -> JSONPointer {
    var tokens: [String] = []
    var index = node.index
    while index != root.index {
      let parent = nodes[Int(index)].parent
      // Outside of the value to which the document was narrowed.
      guard parent != index else { return JSONPointer() }
      if let token = token(of: index, in: parent) {
        tokens.append(token)
      } else {
        tokens = []
      }
      index = parent
    }
    return JSONPointer(tokens.reversed())
  }

  /// Whether a value stands in the document: no edit took it, or a container of it, out.
  func contains(_ node: NodeID) -> Bool {
    var index = node.index
    while index != root.index {
      let parent = nodes[Int(index)].parent
      guard parent != index, token(of: index, in: parent) != nil else { return false }
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
  public func namedPointer(to node: NodeID) -> JSONPointer {
    var tokens = pointer(to: node).tokens
    var index = node.index
    for position in tokens.indices.reversed() {
      if let name = uniqueName(NodeID(index)) { tokens[position] = "=" + name }
      index = nodes[Int(index)].parent
    }
    return JSONPointer(tokens)
  }

  /// The value at a named pointer; `nil` when nothing stands there.
  public func node(atNamed pointer: JSONPointer) -> NodeID? {
    var node = root
    for token in pointer.tokens {
      let isName = kind(of: node) == .array && token.hasPrefix("=")
      let next =
        isName
        ? elements(of: node).first { elementName($0) == String(token.dropFirst()) }
        : child(token, of: node)
      guard let next else { return nil }
      node = next
    }
    return node
  }

  /// The object or array in which a value stands; the root stands in itself.
  public func container(of node: NodeID) -> NodeID { NodeID(nodes[Int(node.index)].parent) }

  /// The name by which an element is found: no sibling before it has the same.
  private func uniqueName(_ node: NodeID) -> String? {
    guard let name = elementName(node) else { return nil }
    let first = elements(of: container(of: node)).first { elementName($0) == name }
    return first == node ? name : nil
  }

  private func elementName(_ node: NodeID) -> String? {
    guard nodes[Int(nodes[Int(node.index)].parent)].kind == .array else { return nil }
    return nameMembers.lazy.compactMap { name in
      self.member(name, of: node).flatMap { self.string($0) }
    }.first
  }

  private func token(of index: UInt32, in container: UInt32) -> String? {
    let children = children(of: container)
    guard let place = children.firstIndex(where: { $0.value == index }) else { return nil }
    return children[place].name.map(text) ?? String(place)
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
