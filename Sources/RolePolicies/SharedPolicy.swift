package import LosslessJSON
import TaskDefinitions

/// The inline policy that inject adds to a role of a template: one for all tasks that share the role.
///
/// It is a set of permissions in a fixed order, so that its text does not depend on the order in which
/// tasks are injected.
package struct SharedPolicy: Hashable, Sendable {
  package static let name = "inject-envoy"

  /// An action list on one resource, with the reason for it.
  private struct Permission: Hashable {
    let sid: String
    let actions: [String]
    let resource: JSONValue
    let condition: JSONValue?
  }

  private var permissions: Set<Permission> = []
  /// Statements that users added to the policy.
  private var others: [JSONValue] = []

  package init() {}

  /// - Parameter policy: an element of a role's `Policies`.
  /// - Returns: `nil` if it is not a policy with a list of statements.
  package init?(_ policy: JSONValue) {
    guard policy.object?.map(\.name) == [RoleProperty.policyName, RoleProperty.policyDocument],
      let document = policy[RoleProperty.policyDocument],
      document.object?.map(\.name) == ["Version", "Statement"],
      let statements = document["Statement"]?.array
    else { return nil }
    for statement in statements {
      if let read = Self.permissions(of: statement) {
        permissions.formUnion(read)
      } else {
        others.append(statement)
      }
    }
  }

  /// Whether a policy of this name comes from inject. Version 0.1.0 added one for each task and role.
  package static func isOurs(_ policyName: String?) -> Bool {
    policyName == name || policyName?.hasPrefix(RoleToAllow.policyPrefix) == true
  }

  package var isEmpty: Bool { permissions.isEmpty && others.isEmpty }

  package mutating func add(_ statements: [JSONValue]) {
    for statement in statements { permissions.formUnion(Self.permissions(of: statement) ?? []) }
  }

  /// Removes the permissions in `statements` that are not in `kept`.
  package mutating func remove(_ statements: [JSONValue], except kept: [JSONValue]) {
    var removed = SharedPolicy()
    removed.add(statements)
    var remaining = SharedPolicy()
    remaining.add(kept)
    permissions.subtract(removed.permissions.subtracting(remaining.permissions))
  }

  /// The policy as an element of a role's `Policies`.
  package var value: JSONValue {
    let groups = Dictionary(grouping: permissions) { permission in
      [permission.sid] + permission.actions
        + (permission.condition.map { [$0.compactText] } ?? [])
    }
    var names = UniqueNames()
    let statements = groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { key, permissions -> JSONValue in
        let statement: JSONValue = [
          "Sid": .string(names.next(key[0])), "Effect": "Allow",
          "Action": .array(permissions[0].actions.map(JSONValue.string)),
          "Resource": .array(
            permissions.map(\.resource).map { ($0, $0.compactText) }.sorted { $0.1 < $1.1 }
              .map(\.0)),
        ]
        let condition = permissions[0].condition
        return condition.map { statement.merging(["Condition": $0]) } ?? statement
      }
    return [
      RoleProperty.policyName: .string(Self.name),
      RoleProperty.policyDocument: .policy(statements + others),
    ]
  }

  /// - Returns: `nil` if the statement does not have the form of a ``PolicyStatement``.
  private static func permissions(of statement: JSONValue) -> [Permission]? {
    let members = ["Sid", "Effect", "Action", "Resource"]
    let condition = statement["Condition"]
    guard
      statement.object?.map(\.name) == members + (condition == nil ? [] : ["Condition"]),
      let sid = statement["Sid"]?.string, statement["Effect"] == "Allow",
      let actions = statement["Action"]?.array, let resources = statement["Resource"]?.array
    else { return nil }
    let texts = actions.compactMap(\.string)
    guard texts.count == actions.count else { return nil }
    // Names that were made unique within the policy end in a number.
    let base = String(sid.reversed().drop { $0.isWholeNumber }.reversed())
    return resources.map {
      Permission(sid: base, actions: texts, resource: $0, condition: condition)
    }
  }
}
