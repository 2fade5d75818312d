import CloudFormation
import LosslessJSON

/// Evaluates a template's references to its own parameters and resources, and to other stacks.
struct TemplateScope: TemplateReferences {
  /// Unowned, because the set owns the evaluators, which own their scopes.
  unowned let set: TemplateSet
  let template: Template

  func reference(to name: String, depth: Int) throws(Problem) -> JSONValue {
    if let declaration = template.value["Parameters"]?[name] {
      let known = set.given[name] ?? set.stackParameters[name]
      guard let value = TemplateParameter(declaration).value(given: known) else {
        throw Self.noValue(name)
      }
      if known == nil { set.defaults.add(name, in: template) }
      return value
    }
    if let value = set.given[name] { return .string(value) }
    if let pseudo = PseudoParameter(rawValue: name) { return try pseudo.value() }
    guard let resource = template.resource(name) else { throw Self.nothing(name) }
    return try ResourceAttributes(set: set, template: template, resource: resource)
      .reference(depth)
  }

  func attribute(
    _ attribute: String, of logicalID: String, depth: Int
  ) throws(Problem) -> JSONValue {
    if let value = set.given["\(logicalID).\(attribute)"] { return .string(value) }
    guard let resource = template.resource(logicalID) else { throw Self.nothing(logicalID) }
    return try ResourceAttributes(set: set, template: template, resource: resource)
      .attribute(attribute, depth)
  }

  func importedValue(_ name: String, depth: Int) throws(Problem) -> JSONValue {
    try set.exportedValue(name, depth: depth)
  }
}

extension PseudoParameter {
  /// The value, which is a placeholder for parts of ARNs. Throws for names and ids that differ between stacks.
  func value() throws(Problem) -> JSONValue {
    switch self {
    case .accountID, .partition, .region, .urlSuffix: .string(Placeholder.text(rawValue))
    case .notificationARNs, .stackID, .stackName: throw TemplateScope.noValue(rawValue)
    }
  }
}

extension TemplateScope {
  static let rules = [valueMissing, nameUnknown]

  private static let valueMissing = Rule.error(
    "template-parameter", "'{name}' does not have a value.",
    fix: "Give '{name}' a value with \(.parameters).")
  private static let nameUnknown = Rule.error(
    "template-reference", "The template does not have a parameter or resource '{name}'.",
    fix: "Correct the name, or declare it.")

  fileprivate static func noValue(_ name: String) -> Problem {
    Problem(valueMissing, ["name": name])
  }

  private static func nothing(_ name: String) -> Problem { Problem(nameUnknown, ["name": name]) }
}
