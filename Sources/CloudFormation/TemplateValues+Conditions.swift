public import LosslessJSON

extension TemplateValues {
  /// Whether a condition of the template holds.
  public func holds(_ condition: String, depth: Int = 0) throws(Problem) -> Bool {
    guard let value = conditions[condition] else { throw UnresolvedValue.noCondition(condition) }
    let result = try evaluation.value("condition \(condition)") { () throws(Problem) in
      .bool(try holds(value, depth + 1))
    }
    return result == true
  }

  private func holds(_ value: JSONValue, _ depth: Int) throws(Problem) -> Bool {
    guard depth < Self.maximumDepth else { throw UnresolvedValue.tooDeep }
    guard let function = value.object?.first else { throw UnresolvedValue.malformed("Conditions") }
    let argument = function.value
    try evaluation.count(function.name)
    switch function.name {
    case Intrinsic.condition:
      guard let name = argument.string else { throw UnresolvedValue.malformed(Intrinsic.condition) }
      return try holds(name, depth: depth)
    case Intrinsic.not:
      guard let part = argument.array?.first else { throw UnresolvedValue.malformed(Intrinsic.not) }
      return try !holds(part, depth + 1)
    case Intrinsic.equals: return try areEqual(argument, depth)
    case Intrinsic.and: return try all(argument, are: true, depth)
    case Intrinsic.or: return try !all(argument, are: false, depth)
    default: throw UnresolvedValue.unsupported(function.name)
    }
  }

  private func areEqual(_ argument: JSONValue, _ depth: Int) throws(Problem) -> Bool {
    guard let sides = try evaluate(argument, depth: depth).array, sides.count == 2 else {
      throw UnresolvedValue.malformed(Intrinsic.equals)
    }
    for side in sides { try side.text.map(Placeholder.refuse) }
    return sides[0].text == sides[1].text
  }

  /// One part can decide the result even if others are unresolved.
  private func all(
    _ argument: JSONValue, are expected: Bool, _ depth: Int
  ) throws(Problem) -> Bool {
    var unresolved: Problem?
    for part in argument.array ?? [] {
      do throws(Problem) {
        if try holds(part, depth + 1) != expected { return false }
      } catch {
        guard !UnresolvedValue.endsEvaluation(error) else { throw error }
        unresolved = unresolved ?? error
      }
    }
    if let unresolved { throw unresolved }
    return true
  }
}
