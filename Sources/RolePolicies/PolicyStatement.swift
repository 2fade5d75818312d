public import LosslessJSON
public import TaskDefinitions

/// One permission of an IAM policy, with the reason for it in its name.
public struct PolicyStatement: Hashable, Sendable {
  /// The reason for the permission, in letters and digits. It is unique in its policy.
  public let sid: String
  public let actions: [String]
  /// ARNs, or `*` if the action does not support resources. Unknown parts of an ARN are `*` too.
  public let resources: [TemplateText]

  /// The conditions under which it applies. `nil` if there are none.
  package let condition: JSONValue?

  package init(
    _ sid: String, _ actions: [String], on resources: [TemplateText], if condition: JSONValue? = nil
  ) {
    self.condition = condition
    self.sid = sid
    self.actions = actions
    self.resources = resources
  }

  /// The service that the actions belong to.
  package var service: Substring { actions.first?.prefix { $0 != ":" } ?? "" }

  /// The statement for IAM, with `*` for unknown values.
  public var json: JSONValue { json(resources.map { .string($0.pattern) }) }

  /// The statement for a template. Values that are unknown until deployment stay functions.
  public var templateJSON: JSONValue { json(resources.map(\.value)) }

  private func json(_ resources: [JSONValue]) -> JSONValue {
    let statement: JSONValue = [
      "Sid": .string(sid), "Effect": "Allow", "Action": .array(actions.map(JSONValue.string)),
      "Resource": .array(resources),
    ]
    return condition.map { statement.merging(["Condition": $0]) } ?? statement
  }
}

extension JSONValue {
  /// A policy document.
  /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
  package static func policy(_ statements: [JSONValue]) -> JSONValue {
    ["Version": "2012-10-17", "Statement": .array(statements)]
  }
}
