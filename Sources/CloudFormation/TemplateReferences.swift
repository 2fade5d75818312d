public import LosslessJSON

/// Evaluates references to the parameters and resources of a template, and to other stacks.
///
/// The depth counts the values whose evaluation is in progress. It is handed on to
/// ``TemplateValues/evaluate(_:depth:)``, which ends cycles.
public protocol TemplateReferences: Sendable {
  /// The value of `Ref` of a parameter or resource.
  func reference(to name: String, depth: Int) throws(Problem) -> JSONValue
  /// The value of `Fn::GetAtt` of a resource.
  func attribute(
    _ attribute: String, of resource: String, depth: Int
  ) throws(Problem) -> JSONValue
  /// The value of `Fn::ImportValue`.
  func importedValue(_ name: String, depth: Int) throws(Problem) -> JSONValue
}

/// A parameter of a template.
public struct TemplateParameter: Sendable {
  private let declaration: JSONValue

  /// - Parameter declaration: its entry in the template's `Parameters`.
  public init(_ declaration: JSONValue) { self.declaration = declaration }

  /// - Parameter given: a value to use instead of the default.
  /// - Returns: `nil` if it has no value. A default that names an SSM parameter is not a value.
  public func value(given: String? = nil) -> JSONValue? {
    let type = declaration["Type"]?.string ?? ""
    let isStored = type.hasPrefix("AWS::SSM::Parameter::Value")
    guard let value = given.map(JSONValue.string) ?? (isStored ? nil : declaration["Default"])
    else { return nil }
    let isList = type == "CommaDelimitedList" || type.hasPrefix("List<")
    guard isList, let text = value.text else { return value }
    return .array(text.split(separator: ",").map { .string(String($0.trimmingSpaces)) })
  }
}

/// The references that a template alone can resolve: its parameters have the values that the user
/// gives, or their defaults.
struct TemplateAlone: TemplateReferences {
  let parameters: JSONValue
  let given: GivenValues

  func reference(to name: String, depth: Int) throws(Problem) -> JSONValue {
    guard let declaration = parameters[name] else {
      return try givenValue(name)
    }
    guard let value = TemplateParameter(declaration).value(given: given[name]) else {
      throw UnresolvedValue.unknown(name)
    }
    return value
  }

  private func givenValue(_ name: String) throws(Problem) -> JSONValue {
    guard let value = given[name] else { throw UnresolvedValue.unknown(name) }
    return .string(value)
  }

  func attribute(
    _ attribute: String, of resource: String, depth: Int
  ) throws(Problem) -> JSONValue {
    try givenValue("\(resource).\(attribute)")
  }

  func importedValue(_ name: String, depth: Int) throws(Problem) -> JSONValue {
    throw UnresolvedValue.unknown(name)
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }
}
