import CloudFormation
import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The application's ports, the task's family and the region, if a template computes them, as variables in a
/// text. `Fn::Sub` inserts their values when the stack is deployed.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html>
struct StackVariables {
  private let ports: [JSONValue]
  private let variables: [(name: String, function: JSONValue)]
  /// The identifiers of loops around the text. CloudFormation replaces them before it calls `Fn::Sub`.
  private let loopIdentifiers: [String]

  /// The family in a text.
  static let family = "${\(familyName)}"
  private static let familyName = "TaskFamily"

  /// - Parameters:
  ///   - family: the intrinsic function that produces the family, or `nil` if the family is plain text.
  ///   - region: where Envoy calls AWS.
  ///   - place: where the text is written.
  init(
    _ ports: [ServedPort], family: JSONValue? = nil, region: AWSRegion? = nil,
    in place: TaskPlace? = nil
  ) {
    self.ports = ports.filter(\.isFunction).map(\.spelling)
    let ofRegion =
      region == .ofStack
      ? AWSRegion.variables.map { ($0.name, [Intrinsic.ref: .string($0.parameter)] as JSONValue) }
      : []
    let ofFamily = family.map { [(Self.familyName, $0)] } ?? []
    variables = self.ports.enumerated().map { (Self.port($0), $1) } + ofRegion + ofFamily
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

  /// The text with a name in place of the family, or `nil` if it contains other variables.
  func text(_ text: String, withFamily name: String) -> String? {
    let filled = text.replacing(Self.family, with: name)
    return used(in: filled).isEmpty ? filled : nil
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

extension TaskDefinition {
  /// The intrinsic function that produces the family. `nil` if the family is plain text, or if it may be left
  /// out, because `Fn::Sub` cannot insert `AWS::NoValue`.
  var familyFunction: JSONValue? {
    guard let node = computedFamily else { return nil }
    let function = document.value(node)
    return function.mayBeNoValue ? nil : function
  }

  /// The name of Envoy and its service: the family, also if only the deployment of the stack knows it.
  var envoyName: String {
    guard computedFamily != nil else { return displayName }
    return familyFunction == nil ? place.resource ?? "" : StackVariables.family
  }

  private var computedFamily: NodeID? {
    // Most documents are not templates.
    guard place.values != nil else { return nil }
    return node(.family).flatMap { place.isIntrinsic($0, in: document) ? $0 : nil }
  }
}

extension JSONValue {
  fileprivate var mayBeNoValue: Bool {
    switch self {
    case .string(let text): text == Intrinsic.noValue
    case .array(let elements): elements.contains(where: \.mayBeNoValue)
    case .object(let members): members.contains { $0.value.mayBeNoValue }
    default: false
    }
  }
}
