package import LosslessJSON
package import TaskDefinitions

/// The permissions that a role of a template already has, as far as they are certain: those of AWS
/// managed policies in ``ManagedPolicy``, and statements equal to the ones to add.
///
/// Permissions that this tool added for other tasks do not count, because uninject removes them.
package struct GrantedPermissions {
  /// Actions that are allowed on all resources.
  private var actions: Set<String> = []
  private var statements: Set<Statement> = []

  /// - Parameters:
  ///   - role: the logical id of the role.
  ///   - place: a task definition of the template.
  package init(of role: String, around place: TaskPlace, in document: Document) {
    let properties = TemplateResource(named: role, in: document)?.properties
      .map { document.value($0) }
    for arn in properties?[RoleProperty.managedPolicyArns]?.array ?? [] {
      actions.formUnion(ManagedPolicy.actions(of: arn))
    }
    for policy in properties?[RoleProperty.policies]?.array ?? [] { add(policy) }
    for policy in place.attachedPolicies[role] ?? [] { add(document.value(policy)) }
  }

  package func cover(_ statement: PolicyStatement) -> Bool {
    actions.isSuperset(of: statement.actions)
      || Statement(statement.templateJSON).map(statements.contains) == true
  }

  /// - Parameter policy: an object with `PolicyName` and `PolicyDocument`.
  private mutating func add(_ policy: JSONValue) {
    guard !SharedPolicy.isOurs(policy[RoleProperty.policyName]?.string) else { return }
    let listed = policy[RoleProperty.policyDocument]?["Statement"]
    statements.formUnion((listed?.array ?? [listed].compactMap { $0 }).compactMap(Statement.init))
  }
}

/// A statement without its `Sid`, and without the order of its lists.
private struct Statement: Hashable {
  let actions: Set<JSONValue>
  let resources: Set<JSONValue>

  /// - Returns: `nil` if the statement denies, has conditions, or has a member such as `NotAction`.
  init?(_ statement: JSONValue) {
    let names = statement.object?.map(\.name).filter { $0 != "Sid" } ?? []
    guard Set(names) == ["Effect", "Action", "Resource"], statement["Effect"] == "Allow",
      let actions = statement["Action"], let resources = statement["Resource"]
    else { return nil }
    self.actions = Set(actions.array ?? [actions])
    // Normalizes the spelling of functions, so that equal ones compare as equal.
    self.resources = Set((resources.array ?? [resources]).map { TemplateText($0)?.value ?? $0 })
  }
}
