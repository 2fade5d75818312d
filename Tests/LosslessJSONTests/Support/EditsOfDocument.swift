import LosslessJSON

extension Document {
  /// Every value, with containers before their contents.
  var values: [NodeID] { values(in: root) }

  private func values(in node: NodeID) -> [NodeID] {
    [node] + (elements(of: node) + members(of: node).map(\.value)).flatMap { values(in: $0) }
  }

  /// Makes one random edit.
  mutating func editSomewhere(_ random: inout RandomDocument) {
    let reason = Edit.Reason(filter: "random", "a test asks for it")
    let node = random.random.pick(values)
    let value = random.value()
    switch (Int.random(in: 0..<3, using: &random.random), kind(of: node)) {
    case (0, _) where node != root: remove(node, because: reason)
    case (1, _) where node != root: replace(node, with: value, because: reason)
    case (_, .object): set("added\(edits.count % 5)", to: value, in: node, because: reason)
    case (_, .array):
      let count = elements(of: node).count
      insert(value, at: Int.random(in: 0...count, using: &random.random), in: node, because: reason)
    default: break
    }
  }

  /// Undoes the edits of another document, the last one first, like uninject.
  mutating func takeBack(_ edits: [Edit]) throws {
    let reason = Edit.Reason(filter: "take back", "a test asks for it")
    for edit in edits.reversed() {
      let parent = JSONPointer(edit.pointer.tokens.dropLast())
      guard let container = node(at: parent) else { throw Lost(pointer: parent) }
      if let before = edit.before, edit.after == nil {
        let name = kind(of: container) == .object ? edit.pointer.tokens.last : nil
        try restore(name, before, edit.surroundings, in: container, because: reason)
        continue
      }
      guard let node = node(at: edit.pointer) else { throw Lost(pointer: edit.pointer) }
      if let before = edit.before {
        try restore(node, to: before, because: reason)
      } else {
        remove(node, because: reason)
        if let closing = edit.surroundings.suffix { setInterior(closing, of: container) }
      }
    }
  }

  struct Lost: Error { let pointer: JSONPointer }
}

extension JSONValue {
  /// Applies an edit as an operation of RFC 6902, without the code under test.
  func applying(_ edit: Edit) throws -> JSONValue {
    let after = try edit.after.map { try Document(Array($0.utf8)) }.map { $0.value($0.root) }
    return applying(edit.operation, ArraySlice(edit.pointer.tokens), after)
  }

  private func applying(
    _ operation: String, _ tokens: ArraySlice<String>, _ after: JSONValue?
  ) -> JSONValue {
    guard let token = tokens.first else { return after ?? .null }
    switch self {
    case .array(var elements):
      let index = Int(token)!
      if tokens.count > 1 {
        elements[index] = elements[index].applying(operation, tokens.dropFirst(), after)
      } else if operation == "add" {
        elements.insert(after!, at: index)
      } else {
        elements.replaceSubrange(index...index, with: after.map { [$0] } ?? [])
      }
      return .array(elements)
    case .object(var members):
      let index = members.firstIndex { Array($0.name.utf8) == Array(token.utf8) }
      if tokens.count > 1 {
        members[index!].value = members[index!].value.applying(
          operation, tokens.dropFirst(), after)
      } else if operation == "add" {
        members.append(Member(token, after!))
      } else if let after {
        members[index!].value = after
      } else {
        members.remove(at: index!)
      }
      return .object(members)
    default: return .null
    }
  }
}
