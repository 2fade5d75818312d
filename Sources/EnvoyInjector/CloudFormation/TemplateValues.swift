import LosslessJSON

/// What a template's functions come to, as far as the template alone tells: parameters count with
/// their defaults. Whatever depends on the account, the region or other stacks stays unknown.
struct TemplateValues: Sendable {
  private let parameters: JSONValue
  private let conditions: JSONValue
  private let mappings: JSONValue

  /// Deeper nesting is a circle, or nobody's template.
  private static let maximumDepth = 40

  init(_ document: Document) {
    func section(_ name: String) -> JSONValue {
      document.member(name, of: document.root).map { document.value($0) } ?? .object([])
    }
    parameters = section("Parameters")
    conditions = section("Conditions")
    mappings = section("Mappings")
  }

  /// - Returns: the value without functions; `.null` for one that takes its member away; `nil`
  ///   when something in it is not known.
  func resolve(_ value: JSONValue) -> JSONValue? { resolve(value, depth: 0) }

  /// - Returns: the same as a text; `nil` also when it is none.
  func text(_ value: JSONValue) -> String? { resolve(value)?.text }

  private func resolve(_ value: JSONValue, depth: Int) -> JSONValue? {
    guard depth < Self.maximumDepth else { return nil }
    switch value {
    case .null, .bool, .number, .string: return value
    case .array(let elements):
      let resolved = elements.map { resolve($0, depth: depth + 1) }
      guard !resolved.contains(nil) else { return nil }
      return .array(resolved.compactMap { $0 }.filter { $0 != .null })
    case .object(let members):
      guard Intrinsic.isIntrinsic(value) else {
        var resolved: [JSONValue.Member] = []
        for member in members {
          guard let inner = resolve(member.value, depth: depth + 1) else { return nil }
          if inner != .null { resolved.append(JSONValue.Member(member.name, inner)) }
        }
        return .object(resolved)
      }
      return call(members[0].name, members[0].value, depth: depth + 1)
    }
  }

  private func call(_ name: String, _ argument: JSONValue, depth: Int) -> JSONValue? {
    switch name {
    case Intrinsic.ref: return argument.string.flatMap(reference)
    case Intrinsic.sub: return substitute(argument, depth)
    case Intrinsic.if:
      guard let branches = argument.array, branches.count == 3,
        let holds = branches[0].string.flatMap({ condition($0, depth) })
      else { return nil }
      return resolve(branches[holds ? 1 : 2], depth: depth)
    case Intrinsic.join:
      guard let parts = resolve(argument, depth: depth)?.array, parts.count == 2,
        let texts = parts[1].array?.compactMap(\.text), texts.count == parts[1].array?.count
      else { return nil }
      return .string(texts.joined(separator: parts[0].string ?? ""))
    case Intrinsic.findInMap:
      guard let keys = resolve(argument, depth: depth)?.array?.compactMap(\.text), keys.count == 3
      else { return nil }
      return mappings[keys[0]]?[keys[1]]?[keys[2]]
    case Intrinsic.select:
      guard let parts = resolve(argument, depth: depth)?.array, parts.count == 2,
        let index = parts[0].text.flatMap({ Int($0) }), let list = parts[1].array,
        list.indices.contains(index)
      else { return nil }
      return list[index]
    default: return nil
    }
  }

  private func reference(_ name: String) -> JSONValue? {
    if name == Intrinsic.noValue { return .null }
    return parameters[name]?["Default"]
  }

  private func substitute(_ argument: JSONValue, _ depth: Int) -> JSONValue? {
    guard let substitution = Substitution(argument) else { return nil }
    var result = ""
    for piece in substitution.pieces {
      switch piece {
      case .literal(let text): result += text
      case .value(let value):
        guard let text = resolve(value, depth: depth)?.text else { return nil }
        result += text
      }
    }
    return .string(result)
  }

  private func condition(_ name: String, _ depth: Int) -> Bool? {
    conditions[name].flatMap { holds($0, depth + 1) }
  }

  private func holds(_ value: JSONValue, _ depth: Int) -> Bool? {
    guard depth < Self.maximumDepth, let member = value.object?.first else { return nil }
    switch member.name {
    case Intrinsic.condition: return member.value.string.flatMap { condition($0, depth) }
    case Intrinsic.not:
      return member.value.array?.first.flatMap { holds($0, depth + 1) }.map { !$0 }
    case Intrinsic.equals:
      guard let sides = resolve(member.value, depth: depth)?.array, sides.count == 2 else {
        return nil
      }
      return sides[0].text == sides[1].text
    case Intrinsic.and, Intrinsic.or:
      let isAnd = member.name == Intrinsic.and
      let parts = member.value.array?.map { holds($0, depth + 1) } ?? []
      // One part can decide for all, known or not.
      if parts.contains(!isAnd) { return !isAnd }
      return parts.contains(nil) ? nil : isAnd
    default: return nil
    }
  }
}

extension JSONValue {
  /// A scalar as CloudFormation sees it: as text.
  fileprivate var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let flag): String(flag)
    case .null, .array, .object: nil
    }
  }
}
