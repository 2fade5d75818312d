import CloudFormation
import LosslessJSON

/// What a template's functions refer to: its parameters and resources, and the other stacks.
struct TemplateScope: TemplateReferences {
  let set: TemplateSet
  let template: Template

  func reference(to name: String, depth: Int) throws(Unresolved) -> JSONValue {
    if let declaration = template.value["Parameters"]?[name] {
      let value = TemplateParameter(declaration).value(given: set.given[name])
      guard let value else { throw .parameter(name) }
      return value
    }
    if let value = set.given[name] { return .string(value) }
    if let pseudo = PseudoParameter(rawValue: name) { return try pseudo.value() }
    guard let resource = template.resource(name) else { throw .nothing(name) }
    return try ResourceAttributes(set: set, template: template, resource: resource)
      .reference(depth)
  }

  func attribute(
    _ attribute: String, of logicalID: String, depth: Int
  ) throws(Unresolved) -> JSONValue {
    if let value = set.given["\(logicalID).\(attribute)"] { return .string(value) }
    guard let resource = template.resource(logicalID) else { throw .nothing(logicalID) }
    return try ResourceAttributes(set: set, template: template, resource: resource)
      .attribute(attribute, depth)
  }

  func importedValue(_ name: String, depth: Int) throws(Unresolved) -> JSONValue {
    try set.exportedValue(name, depth: depth)
  }
}

/// What CloudFormation knows of the place of a stack.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html>
enum PseudoParameter: String, CaseIterable {
  case accountID = "AWS::AccountId"
  case notificationARNs = "AWS::NotificationARNs"
  case partition = "AWS::Partition"
  case region = "AWS::Region"
  case stackID = "AWS::StackId"
  case stackName = "AWS::StackName"
  case urlSuffix = "AWS::URLSuffix"

  static let names = allCases.map(\.rawValue)

  /// Parts of ARNs stay open; each stack has a name of its own.
  func value() throws(Unresolved) -> JSONValue {
    switch self {
    case .accountID, .partition, .region, .urlSuffix: .string(Placeholder.text(rawValue))
    case .notificationARNs, .stackID, .stackName: throw .parameter(rawValue)
    }
  }
}

extension Unresolved {
  fileprivate static func parameter(_ name: String) -> Unresolved {
    Unresolved("'\(name)' has no value", fix: "give '\(name)' a value with --parameter")
  }

  fileprivate static func nothing(_ name: String) -> Unresolved {
    Unresolved(
      "the template has no parameter or resource '\(name)'", fix: "correct the name, or declare it")
  }
}
