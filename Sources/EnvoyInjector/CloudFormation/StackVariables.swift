import CloudFormation
import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The application's ports and the region, if a template computes them, as variables in a text. `Fn::Sub`
/// inserts their values when the stack is deployed.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html>
struct StackVariables {
  private let ports: [JSONValue]
  private let variables: [(name: String, function: JSONValue)]
  /// The identifiers of loops around the text. CloudFormation replaces them before it calls `Fn::Sub`.
  private let loopIdentifiers: [String]

  /// - Parameters:
  ///   - region: where Envoy calls AWS.
  ///   - place: where the text is written.
  init(_ ports: [ServedPort], region: AWSRegion? = nil, in place: TaskPlace? = nil) {
    self.ports = ports.filter(\.isFunction).map(\.spelling)
    let ofRegion =
      region == .ofStack
      ? AWSRegion.variables.map { ($0.name, [Intrinsic.ref: .string($0.parameter)] as JSONValue) }
      : []
    variables = self.ports.enumerated().map { (Self.port($0), $1) } + ofRegion
    loopIdentifiers = place?.loopIdentifiers ?? []
  }

  /// The port as the text contains it, or `nil` if the value is not a port.
  func number(of port: ServedPort) -> PortNumber? {
    if let place = ports.firstIndex(of: port.spelling) {
      return .variable("${\(Self.port(place))}")
    }
    return port.number.flatMap { UInt16(exactly: $0) }.map(PortNumber.known)
  }

  func areIn(_ configuration: FilledText) -> Bool {
    guard !variables.isEmpty else { return false }
    return !used(in: configuration.text).isEmpty
  }

  /// The text itself if it contains no variable, otherwise the function that produces it.
  func value(_ text: String) -> JSONValue {
    let used = used(in: text)
    guard !used.isEmpty else { return .string(text) }
    // `${!Name}` stands for the text `${Name}`.
    var template = text.replacing("${", with: "${!")
    for name in used.map(\.name) + loopIdentifiers {
      template = template.replacing("${!\(name)}", with: "${\(name)}")
    }
    let values = used.map { JSONValue.Member($0.name, $0.function) }
    return [Intrinsic.sub: [.string(template), .object(values)]]
  }

  private func used(in text: String) -> [(name: String, function: JSONValue)] {
    variables.filter { text.contains("${\($0.name)}") }
  }

  private static func port(_ place: Int) -> String { "AppPort\(place + 1)" }
}
