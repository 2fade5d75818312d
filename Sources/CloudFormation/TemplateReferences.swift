public import LosslessJSON

/// What a template's functions refer to outside of its conditions and mappings.
///
/// The depth is how many values are being found for the sake of each other; it goes on to
/// ``TemplateValues/evaluate(_:depth:)``, where circles end.
public protocol TemplateReferences: Sendable {
  /// What `Ref` of a parameter or resource comes to.
  func reference(to name: String, depth: Int) throws(Unresolved) -> JSONValue
  /// What `Fn::GetAtt` of a resource comes to.
  func attribute(
    _ attribute: String, of resource: String, depth: Int
  ) throws(Unresolved) -> JSONValue
  /// What `Fn::ImportValue` comes to.
  func importedValue(_ name: String, depth: Int) throws(Unresolved) -> JSONValue
}

/// A parameter of a template.
public struct TemplateParameter: Sendable {
  private let declaration: JSONValue

  /// - Parameter declaration: what the template's `Parameters` say of it.
  public init(_ declaration: JSONValue) { self.declaration = declaration }

  /// - Parameter given: the value that somebody gives it.
  /// - Returns: `nil`: it has no value here. A default that names an SSM parameter is none.
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

/// What a template alone tells: its parameters' defaults.
struct ParameterDefaults: TemplateReferences {
  let parameters: JSONValue

  func reference(to name: String, depth: Int) throws(Unresolved) -> JSONValue {
    guard let value = parameters[name].flatMap({ TemplateParameter($0).value() }) else {
      throw .placeholder(name)
    }
    return value
  }

  func attribute(
    _ attribute: String, of resource: String, depth: Int
  ) throws(Unresolved) -> JSONValue {
    throw .placeholder("\(resource).\(attribute)")
  }

  func importedValue(_ name: String, depth: Int) throws(Unresolved) -> JSONValue {
    throw .placeholder(name)
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }
}
