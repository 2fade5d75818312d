package import LosslessJSON
package import TaskDefinitions

/// What a role of a template allows already, as far as that is plain: policies of AWS's own that
/// are known here, and statements of the template's that say exactly the same.
///
/// What this tool has added for other tasks does not count: it goes when they are taken back.
package struct GrantedPermissions {
  /// On all resources.
  private var actions: Set<String> = []
  private var statements: Set<Statement> = []

  /// - Parameters:
  ///   - role: its logical id.
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

  /// - Parameter policy: with `PolicyName` and `PolicyDocument`.
  private mutating func add(_ policy: JSONValue) {
    guard !SharedPolicy.isOurs(policy[RoleProperty.policyName]?.string) else { return }
    let listed = policy[RoleProperty.policyDocument]?["Statement"]
    statements.formUnion((listed?.array ?? [listed].compactMap { $0 }).compactMap(Statement.init))
  }
}

/// A statement without its `Sid`; the order of what it lists means nothing.
private struct Statement: Hashable {
  let actions: Set<JSONValue>
  let resources: Set<JSONValue>

  /// - Returns: `nil` for one that denies, has conditions or says `NotAction` and the like.
  init?(_ statement: JSONValue) {
    let names = statement.object?.map(\.name).filter { $0 != "Sid" } ?? []
    guard Set(names) == ["Effect", "Action", "Resource"], statement["Effect"] == "Allow",
      let actions = statement["Action"], let resources = statement["Resource"]
    else { return nil }
    self.actions = Set(actions.array ?? [actions])
    // Functions that are spelled differently may come to the same.
    self.resources = Set((resources.array ?? [resources]).map { TemplateText($0)?.value ?? $0 })
  }
}
