extension JSONPatch {
  /// The same patch for a document in which its subject stands at `base`.
  public func below(_ base: JSONPointer) -> JSONPatch {
    guard !base.tokens.isEmpty else { return self }
    func inner(_ pointer: JSONPointer) -> JSONPointer { JSONPointer(base.tokens + pointer.tokens) }
    return JSONPatch(
      operations.map { operation in
        switch operation {
        case .add(let path, let value): .add(inner(path), value)
        case .remove(let path): .remove(inner(path))
        case .replace(let path, let value): .replace(inner(path), value)
        case .move(let from, let path): .move(from: inner(from), inner(path))
        case .copy(let from, let path): .copy(from: inner(from), inner(path))
        case .test(let path, let value): .test(inner(path), value)
        }
      })
  }
}
