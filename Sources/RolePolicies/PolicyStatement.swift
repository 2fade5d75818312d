public import LosslessJSON
public import TaskDefinitions

/// One permission of an IAM policy, with the reason for it in its name.
public struct PolicyStatement: Hashable, Sendable {
  /// Why it is needed: letters and digits, unique in its policy.
  public let sid: String
  public let actions: [String]
  /// ARNs; `*` where the action knows no resources, or a part of the ARN is not known.
  public let resources: [TemplateText]

  package init(_ sid: String, _ actions: [String], on resources: [TemplateText]) {
    self.sid = sid
    self.actions = actions
    self.resources = resources
  }

  /// The service whose actions these are.
  package var service: Substring { actions.first?.prefix { $0 != ":" } ?? "" }

  /// As IAM takes it.
  public var json: JSONValue { json(resources.map { .string($0.pattern) }) }

  /// As a template takes it: what only the deployment knows is left to functions.
  public var templateJSON: JSONValue { json(resources.map(\.value)) }

  private func json(_ resources: [JSONValue]) -> JSONValue {
    [
      "Sid": .string(sid), "Effect": "Allow", "Action": .array(actions.map(JSONValue.string)),
      "Resource": .array(resources),
    ]
  }
}

extension JSONValue {
  /// A policy document.
  /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
  package static func policy(_ statements: [JSONValue]) -> JSONValue {
    ["Version": "2012-10-17", "Statement": .array(statements)]
  }
}
