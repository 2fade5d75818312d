extension Document {
  /// Where a value that is part of the document stands.
  public func pointer(to node: NodeID) -> JSONPointer {
    var tokens: [String] = []
    var index = node.index
    while index != root.index {
      let parent = nodes[Int(index)].parent
      let position = children(of: parent).enumerated().first { $0.element.value == index }
      tokens.append(position?.element.name.map(text) ?? String(position?.offset ?? 0))
      index = parent
    }
    return JSONPointer(tokens.reversed())
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
