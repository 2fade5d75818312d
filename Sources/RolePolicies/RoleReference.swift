import CloudFormation
import LosslessJSON
public import TaskDefinitions

/// A task definition's reference to a role.
public enum RoleReference: Hashable, Sendable {
  /// The ARN or the name of a role.
  case named(String)
  /// The logical ID of a role that the same template defines.
  case made(String)
  /// An intrinsic function that is unresolved until deployment, with its value by the defaults.
  case decidedLater(TemplateText)

  package init?(_ field: Field, of task: TaskDefinition) {
    guard let text = task.templateText(field) else { return nil }
    if let resource = Self.resource(text), task.place.values != nil,
      TemplateResource(named: resource, in: task.document)?.kind == .role
    {
      self = .made(resource)
    } else if case .literal(let name) = text.parts.first, text.parts.count == 1 {
      self = .named(name)
    } else {
      self = .decidedLater(text)
    }
  }

  /// The role's name, if it is known. The path in an ARN is not part of the name.
  public var name: String? {
    switch self {
    case .named(let text): Self.name(text)
    case .made: nil
    case .decidedLater(let text): text.known.flatMap(Self.name)
    }
  }

  /// The reference as messages print it.
  package var spelling: String {
    switch self {
    case .named(let text): "'\(text)'"
    case .made(let resource): "'\(resource)'"
    case .decidedLater(let text): text.value.compactText
    }
  }

  private static func name(_ text: String) -> String? {
    text.split(separator: "/").last.map(String.init)
  }

  /// The logical id of the role in a `Ref` or `Fn::GetAtt`. `Ref` evaluates to the role's name, which ECS
  /// accepts with or without a path, like the ARN.
  private static func resource(_ text: TemplateText) -> String? {
    guard case .function(let function, _) = text.parts.last else { return nil }
    let before = text.parts.dropLast()
    if before.isEmpty, let path = function[Intrinsic.getAtt]?.array, path.last == "Arn" {
      return path.first?.string
    }
    guard case .literal(let path) = before.last ?? .literal("/"), path.hasSuffix("/") else {
      return nil
    }
    return function[Intrinsic.ref]?.string
  }
}
