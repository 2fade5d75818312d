import CommandTesting
import Testing

/// A call that must fail. ``BadInputTests`` runs it.
struct BadInput: Sendable, CustomTestStringConvertible {
  let name: String
  let arguments: [String]
  var environment: [String: String] = [:]
  /// The text of the file that `--config` names.
  var configuration: String?
  var fileName = "settings.yaml"
  var document: String
  let status: Int32
  /// Texts that standard error must contain.
  let says: [String]

  var testDescription: String { name }

  /// A call with wrong arguments.
  static func usage(_ name: String, _ arguments: [String], _ says: String...) -> BadInput {
    BadInput(name: name, arguments: arguments, document: Sample.web, status: 64, says: says)
  }

  /// A call with a wrong variable.
  static func variable(_ name: String, _ value: String, _ says: String...) -> BadInput {
    BadInput(
      name: "\(name)=\(value.debugDescription)", arguments: [],
      environment: ["INJECT_ENVOY_\(name)": value], document: Sample.web, status: 64, says: says)
  }

  /// A call with a wrong configuration file.
  static func configuration(
    _ name: String, _ text: String, in fileName: String = "settings.yaml", _ says: String...
  ) -> BadInput {
    BadInput(
      name: name, arguments: [], configuration: text, fileName: fileName, document: Sample.web,
      status: 64, says: says)
  }

  /// A document that is rejected.
  static func document(
    _ name: String, _ text: String, _ arguments: [String] = [], _ says: String...
  ) -> BadInput {
    BadInput(name: name, arguments: arguments, document: text, status: 1, says: says)
  }

  /// A label with a wrong value.
  static func label(_ name: String, _ value: String, _ says: String...) -> BadInput {
    BadInput(
      name: "label \(name): \(value.debugDescription)", arguments: ["--labels", "all"],
      document: Sample.web(labels: [("inject-envoy.io/" + name): value]), status: 1, says: says)
  }
}
