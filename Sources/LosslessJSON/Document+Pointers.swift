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
