public import LosslessJSON

/// Evaluates the functions of a template as far as their values are known.
///
/// A class, because views of the template are copied often, and because every reference is evaluated
/// only once.
public final class TemplateValues: Sendable {
  let conditions: [String: JSONValue]
  let mappings: JSONValue
  let references: any TemplateReferences
  let evaluation = Evaluation()

  /// Deeper nesting is a cycle: real templates do not reach it.
  static let maximumDepth = 40

  /// Evaluates by the template alone: parameters have the given values or their defaults, and values
  /// that depend on the account, the region or other stacks are unresolved.
  public init(_ document: Document, given: GivenValues = GivenValues()) {
    func section(_ name: String) -> JSONValue {
      document.member(name, of: document.root).map { document.value($0) } ?? .object([])
    }
    conditions = section("Conditions").membersByName
    mappings = section("Mappings")
    references = TemplateAlone(parameters: section("Parameters"), given: given)
  }

  /// - Parameter template: the whole template.
  public init(_ template: JSONValue, references: any TemplateReferences) {
    conditions = template["Conditions"]?.membersByName ?? [:]
    mappings = template["Mappings"] ?? .object([])
    self.references = references
  }

  /// - Returns: the value without functions, `.null` if it removes its member, or `nil` if a part of
  ///   it is unresolved.
  public func resolve(_ value: JSONValue) -> JSONValue? {
    do throws(Problem) {
      return try evaluate(value)
    } catch {
      return nil
    }
  }

  /// - Returns: the value as text. `nil` if it is unresolved or not a scalar.
  public func text(_ value: JSONValue) -> String? { resolve(value)?.text }

  /// - Returns: the value without functions, or `.null` if it removes its member.
  public func evaluate(_ value: JSONValue, depth: Int = 0) throws(Problem) -> JSONValue {
    guard depth < Self.maximumDepth else { throw UnresolvedValue.tooDeep }
    switch value {
    case .null, .bool, .number, .string: return value
    case .array(let elements):
      var results: [JSONValue] = []
      for element in elements {
        let result = try evaluate(element, depth: depth + 1)
        if result != .null { results.append(result) }
      }
      return .array(results)
    case .object(let members):
      guard !Intrinsic.isIntrinsic(value) else {
        return try call(members[0].name, members[0].value, depth: depth + 1)
      }
      var results: [JSONValue.Member] = []
      for member in members {
        let result = try evaluate(member.value, depth: depth + 1)
        if result != .null { results.append(JSONValue.Member(member.name, result)) }
      }
      return .object(results)
    }
  }

  private func call(
    _ name: String, _ argument: JSONValue, depth: Int
  ) throws(Problem) -> JSONValue {
    try evaluation.count(name)
    switch name {
    case Intrinsic.ref:
      guard let target = argument.string else { throw UnresolvedValue.malformed(name) }
      return try reference(target, depth)
    case Intrinsic.getAtt: return try attribute(argument, depth)
    case Intrinsic.importValue:
      guard let export = try evaluate(argument, depth: depth).text else {
        throw UnresolvedValue.malformed(name)
      }
      return try evaluation.value("export \(export)") { () throws(Problem) in
        try references.importedValue(export, depth: depth)
      }
    case Intrinsic.if:
      guard let branches = argument.array, branches.count == 3, let condition = branches[0].string
      else { throw UnresolvedValue.malformed(name) }
      return try evaluate(branches[holds(condition, depth: depth) ? 1 : 2], depth: depth)
    case Intrinsic.sub: return .string(try substitute(argument, depth))
    case Intrinsic.join: return .string(try join(argument, depth))
    case Intrinsic.select: return try select(argument, depth)
    case Intrinsic.split: return try split(argument, depth)
    case Intrinsic.findInMap: return try find(argument, depth)
    default: throw UnresolvedValue.unsupported(name)
    }
  }

  private func reference(_ name: String, _ depth: Int) throws(Problem) -> JSONValue {
    if name == Intrinsic.noValue { return .null }
    return try evaluation.value("reference \(name)") { () throws(Problem) in
      try references.reference(to: name, depth: depth)
    }
  }

  /// `[resource, attribute]`, or both in one text with a dot.
  private func attribute(_ argument: JSONValue, _ depth: Int) throws(Problem) -> JSONValue {
    let argument = argument.string.map { Intrinsic.attribute($0)[Intrinsic.getAtt] } ?? argument
    guard let parts = argument?.array, parts.count == 2, let resource = parts[0].string,
      let attribute = try evaluate(parts[1], depth: depth).text
    else { throw UnresolvedValue.malformed(Intrinsic.getAtt) }
    return try evaluation.value("attribute \(resource).\(attribute)") { () throws(Problem) in
      try references.attribute(attribute, of: resource, depth: depth)
    }
  }

  private func find(_ argument: JSONValue, _ depth: Int) throws(Problem) -> JSONValue {
    let keys = try evaluate(argument, depth: depth).array?.compactMap(\.text) ?? []
    guard keys.count == 3 else { throw UnresolvedValue.malformed(Intrinsic.findInMap) }
    for key in keys { try Placeholder.refuse(in: key) }
    let second = mappings[keys[0]]
    let count = (second?.object?.count ?? 0) + (second?[keys[1]]?.object?.count ?? 0)
    try evaluation.count(Intrinsic.findInMap, bytes: count)
    guard let value = mappings[keys[0]]?[keys[1]]?[keys[2]] else {
      throw UnresolvedValue.noMapping(keys)
    }
    return value
  }
}

extension JSONValue {
  fileprivate var membersByName: [String: JSONValue] {
    Dictionary((object ?? []).map { ($0.name, $0.value) }) { first, _ in first }
  }

  /// A scalar as text, which is how CloudFormation treats it. `nil` for null, arrays and objects.
  public var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let flag): String(flag)
    case .null, .array, .object: nil
    }
  }
}
