extension JSONPatch {
  /// The same patch for a document in which its subject stands at `base`.
  public func below(_ base: JSONPointer) -> JSONPatch {
    guard !base.tokens.isEmpty else { return self }
    return mapping {
      JSONPointer(base.tokens + $0.tokens)
    } values: { value, _ in
      value
    }
  }

  /// The same patch for a document that is spelled differently.
  ///
  /// - Parameters:
  ///   - pointer: what a pointer is there.
  ///   - value: what a value is there, by its former pointer.
  public func mapping(
    _ pointer: (JSONPointer) -> JSONPointer, values value: (JSONValue, JSONPointer) -> JSONValue
  ) -> JSONPatch {
    JSONPatch(
      operations.map { operation in
        switch operation {
        case .add(let path, let new): .add(pointer(path), value(new, path))
        case .remove(let path): .remove(pointer(path))
        case .replace(let path, let new): .replace(pointer(path), value(new, path))
        case .move(let from, let path): .move(from: pointer(from), pointer(path))
        case .copy(let from, let path): .copy(from: pointer(from), pointer(path))
        case .test(let path, let expected): .test(pointer(path), value(expected, path))
        }
      })
  }
}
