import LosslessJSON

extension TemplateValues {
  /// Whether a condition of the template holds.
  public func holds(_ condition: String, depth: Int = 0) throws(Unresolved) -> Bool {
    guard let value = conditions[condition] else { throw .condition(condition) }
    return try holds(value, depth + 1)
  }

  private func holds(_ value: JSONValue, _ depth: Int) throws(Unresolved) -> Bool {
    guard depth < Self.maximumDepth else { throw .tooDeep }
    guard let function = value.object?.first else { throw .malformed("Conditions") }
    let argument = function.value
    switch function.name {
    case Intrinsic.condition:
      guard let name = argument.string else { throw .malformed(Intrinsic.condition) }
      return try holds(name, depth: depth)
    case Intrinsic.not:
      guard let part = argument.array?.first else { throw .malformed(Intrinsic.not) }
      return try !holds(part, depth + 1)
    case Intrinsic.equals: return try areEqual(argument, depth)
    case Intrinsic.and: return try all(argument, are: true, depth)
    case Intrinsic.or: return try !all(argument, are: false, depth)
    default: throw .unsupported(function.name)
    }
  }

  private func areEqual(_ argument: JSONValue, _ depth: Int) throws(Unresolved) -> Bool {
    guard let sides = try evaluate(argument, depth: depth).array, sides.count == 2 else {
      throw .malformed(Intrinsic.equals)
    }
    for side in sides { try side.text.map(Placeholder.refuse) }
    return sides[0].text == sides[1].text
  }

  /// One part can decide for all, known or not.
  private func all(
    _ argument: JSONValue, are expected: Bool, _ depth: Int
  ) throws(Unresolved) -> Bool {
    var unresolved: Unresolved?
    for part in argument.array ?? [] {
      do throws(Unresolved) {
        if try holds(part, depth + 1) != expected { return false }
      } catch {
        // A circle through many parts would be followed in all of them.
        guard error != .tooDeep else { throw error }
        unresolved = unresolved ?? error
      }
    }
    if let unresolved { throw unresolved }
    return true
  }
}
