import CloudFormation
import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The application's ports that a template computes, as variables in a text. `Fn::Sub` inserts their numbers
/// when the stack is deployed.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html>
struct PortVariables {
  private let functions: [JSONValue]

  init(_ ports: [ServedPort]) { functions = ports.filter(\.isFunction).map(\.spelling) }

  /// The port as the text contains it, or `nil` if the value is not a port.
  func number(of port: ServedPort) -> PortNumber? {
    if let place = functions.firstIndex(of: port.spelling) { return .variable(variable(place)) }
    return port.number.flatMap { UInt16(exactly: $0) }.map(PortNumber.known)
  }

  func areIn(_ configuration: FilledText) -> Bool {
    guard !functions.isEmpty else { return false }
    let text = configuration.text
    return functions.indices.contains { text.contains(variable($0)) }
  }

  /// The text itself if it contains no variable, otherwise the function that produces it.
  func value(_ text: String) -> JSONValue {
    let places = functions.indices.filter { text.contains(variable($0)) }
    guard !places.isEmpty else { return .string(text) }
    // `${!Name}` produces the text `${Name}`.
    var template = text.replacing("${", with: "${!")
    for place in places {
      let variable = variable(place)
      template = template.replacing(variable.replacing("${", with: "${!"), with: variable)
    }
    let values = places.map { JSONValue.Member(name($0), functions[$0]) }
    return [Intrinsic.sub: [.string(template), .object(values)]]
  }

  private func name(_ place: Int) -> String { "AppPort\(place + 1)" }

  private func variable(_ place: Int) -> String { "${\(name(place))}" }
}
