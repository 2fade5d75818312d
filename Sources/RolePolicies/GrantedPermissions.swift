import CloudFormation
package import LosslessJSON
import TaskDefinitions

/// What a role of a template allows already, as far as that is plain: policies of AWS's own that
/// are known here, and statements of the template's that say exactly the same.
///
/// What this tool has added for other tasks does not count: it goes when they are taken back.
package struct GrantedPermissions {
  /// On all resources.
  private var actions: Set<String> = []
  private var statements: Set<Statement> = []

  /// - Parameter role: its logical id.
  package init(of role: String, in document: Document) {
    for resource in TemplateResource.all(in: document) {
      guard let node = resource.properties else { continue }
      if resource.name == role {
        let properties = document.value(node)
        for arn in properties[RoleProperty.managedPolicyArns]?.array ?? [] {
          actions.formUnion(ManagedPolicy.actions(of: arn))
        }
        for policy in properties[RoleProperty.policies]?.array ?? [] { add(policy) }
      } else if resource.isPolicy(of: role, in: document) {
        add(document.value(node))
      }
    }
  }

  package func cover(_ statement: PolicyStatement) -> Bool {
    actions.isSuperset(of: statement.actions)
      || Statement(statement.templateJSON).map(statements.contains) == true
  }

  /// - Parameter policy: with `PolicyName` and `PolicyDocument`.
  private mutating func add(_ policy: JSONValue) {
    let name = policy[RoleProperty.policyName]?.string
    guard name?.hasPrefix(RoleToAllow.policyPrefix) != true else { return }
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

extension TemplateResource {
  /// Whether it is a policy that the role has in any case.
  fileprivate func isPolicy(of role: String, in document: Document) -> Bool {
    guard document.member("Condition", of: node) == nil else { return false }
    let reference: JSONValue = [Intrinsic.ref: .string(role)]
    return switch kind {
    case .policy, .managedPolicy:
      property(RoleProperty.roles, in: document)
        .map { document.value($0).array?.contains(reference) == true } ?? false
    case .rolePolicy:
      property(RoleProperty.roleName, in: document).map { document.value($0) } == reference
    default: false
    }
  }
}
