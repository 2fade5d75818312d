public import LosslessJSON

/// What a template's functions come to, as far as is known. It is shared: views of the template are
/// copied often.
public final class TemplateValues: Sendable {
  let conditions: JSONValue
  let mappings: JSONValue
  let references: any TemplateReferences

  /// Deeper nesting is a circle, or nobody's template.
  static let maximumDepth = 40

  /// As far as the template alone tells: parameters count with their defaults. Whatever depends on
  /// the account, the region or other stacks stays unknown.
  public init(_ document: Document) {
    func section(_ name: String) -> JSONValue {
      document.member(name, of: document.root).map { document.value($0) } ?? .object([])
    }
    conditions = section("Conditions")
    mappings = section("Mappings")
    references = ParameterDefaults(parameters: section("Parameters"))
  }

  /// - Parameter template: the whole template.
  public init(_ template: JSONValue, references: any TemplateReferences) {
    conditions = template["Conditions"] ?? .object([])
    mappings = template["Mappings"] ?? .object([])
    self.references = references
  }

  /// - Returns: the value without functions; `.null` for one that takes its member away; `nil`
  ///   when something in it is not known.
  public func resolve(_ value: JSONValue) -> JSONValue? {
    do throws(Unresolved) {
      return try evaluate(value)
    } catch {
      return nil
    }
  }

  /// - Returns: the same as a text; `nil` also when it is none.
  public func text(_ value: JSONValue) -> String? { resolve(value)?.text }

  /// - Returns: the value without functions; `.null` for one that takes its member away.
  public func evaluate(_ value: JSONValue, depth: Int = 0) throws(Unresolved) -> JSONValue {
    guard depth < Self.maximumDepth else { throw .tooDeep }
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
  ) throws(Unresolved) -> JSONValue {
    switch name {
    case Intrinsic.ref:
      guard let target = argument.string else { throw .malformed(name) }
      return try reference(target, depth)
    case Intrinsic.getAtt: return try attribute(argument, depth)
    case Intrinsic.importValue:
      guard let export = try evaluate(argument, depth: depth).text else { throw .malformed(name) }
      return try references.importedValue(export, depth: depth)
    case Intrinsic.if:
      guard let branches = argument.array, branches.count == 3, let condition = branches[0].string
      else { throw .malformed(name) }
      return try evaluate(branches[holds(condition, depth: depth) ? 1 : 2], depth: depth)
    case Intrinsic.sub: return .string(try substitute(argument, depth))
    case Intrinsic.join: return .string(try join(argument, depth))
    case Intrinsic.select: return try select(argument, depth)
    case Intrinsic.split: return try split(argument, depth)
    case Intrinsic.findInMap: return try find(argument, depth)
    default: throw .unsupported(name)
    }
  }

  private func reference(_ name: String, _ depth: Int) throws(Unresolved) -> JSONValue {
    if name == Intrinsic.noValue { return .null }
    return try references.reference(to: name, depth: depth)
  }

  /// `[resource, attribute]`, or both in one text with a dot.
  private func attribute(_ argument: JSONValue, _ depth: Int) throws(Unresolved) -> JSONValue {
    let argument = argument.string.map { Intrinsic.attribute($0)[Intrinsic.getAtt] } ?? argument
    guard let parts = argument?.array, parts.count == 2, let resource = parts[0].string,
      let attribute = try evaluate(parts[1], depth: depth).text
    else { throw .malformed(Intrinsic.getAtt) }
    return try references.attribute(attribute, of: resource, depth: depth)
  }

  private func find(_ argument: JSONValue, _ depth: Int) throws(Unresolved) -> JSONValue {
    let keys = try evaluate(argument, depth: depth).array?.compactMap(\.text) ?? []
    guard keys.count == 3 else { throw .malformed(Intrinsic.findInMap) }
    for key in keys { try Placeholder.refuse(in: key) }
    guard let value = mappings[keys[0]]?[keys[1]]?[keys[2]] else { throw .mapping(keys) }
    return value
  }
}

extension JSONValue {
  /// A scalar as CloudFormation sees it: as text.
  public var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let flag): String(flag)
    case .null, .array, .object: nil
    }
  }
}
