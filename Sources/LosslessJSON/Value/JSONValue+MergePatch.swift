extension JSONValue {
  /// Applies a JSON Merge Patch (RFC 7396): objects merge member by member, `null` removes, every
  /// other value takes the place of what stood there.
  public func merging(_ patch: JSONValue) -> JSONValue {
    guard case .object(let changes) = patch else { return patch }
    var members = object ?? []
    for change in changes {
      let index = members.firstIndex { $0.name.isSpelled(like: change.name) }
      if change.value == .null {
        if let index { members.remove(at: index) }
      } else if let index {
        members[index].value = members[index].value.merging(change.value)
      } else {
        members.append(Member(change.name, JSONValue.object([]).merging(change.value)))
      }
    }
    return .object(members)
  }
}
