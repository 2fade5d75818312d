import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Lets the roles that a template makes allow what the added containers need: an inline policy for
/// each role of a task.
///
/// Roles that are made elsewhere can't be edited here; a finding says what they must allow.
struct GrantPermissions: Filter {
  static let name = "grant-permissions"
  static let summary = "add what the added containers need to the roles in the same template"

  func apply(to context: inout StageContext) {
    guard context.task.place.values != nil else { return }
    for node in context.addedContainers.flatMap({
      AddedContainer(context.task, $0).undecidedSecrets
    }) {
      context.report(Self.undecidedSecret, at: node)
    }
    for role in RolePolicies(
      of: context.task, for: context.addedContainers, sendsTraces: context.roles.sendsTraces
    ).roles {
      switch role.reference {
      case .made(let name): grant(role, to: name, &context)
      case .named, .decidedLater:
        let spelling = role.reference?.spelling ?? "unknown"
        context.report(
          Self.roleElsewhere,
          role.values(reason: "is \(spelling), which this template does not define"),
          fix: "Allow them where the role is defined. \(role.printing)",
          at: context.task.node(role.field))
      // RequireRoles has said so.
      case nil: break
      }
    }
  }

  private func grant(
    _ role: RoleToAllow, to name: String, _ context: inout StageContext
  ) {
    let granted = GrantedPermissions(of: name, in: context.task.document)
    let missing = role.statements.filter { !granted.cover($0) }
    guard !missing.isEmpty else { return }
    guard let made = TemplateRole(named: name, in: context.task.document) else {
      return context.report(
        Self.roleElsewhere,
        role.values(reason: "is \(name), whose policies an intrinsic function decides"),
        fix: "Write its Policies as a list, or allow them there. \(role.printing)",
        at: context.task.node(role.field))
    }
    guard !made.hasPolicy(named: role.policyName, in: context.task.document) else {
      return context.report(
        Self.policyNameTaken,
        ["role": name, "policy": role.policyName, "family": role.family], at: made.node)
    }
    made.add(
      role.inlinePolicy(missing), to: &context.task.document,
      because: context.reason("the \(role.kind.rawValue) role of \(role.family) must allow it"))
  }
}

extension RoleToAllow {
  fileprivate func values(reason: String) -> KeyValuePairs<String, String> {
    [
      "kind": kind.rawValue, "family": family, "reason": reason,
      "needs": statements.map(\.sid).joined(separator: ", "),
    ]
  }
  fileprivate var printing: Wording {
    "'inject-envoy policy \(.resource) \(family)' prints the policy."
  }
}

extension GrantPermissions {
  static let rules = [roleElsewhere, undecidedSecret, policyNameTaken]

  private static let roleElsewhere = Rule.warning(
    "role-elsewhere",
    "The {kind} role of {family} {reason}, so these permissions are not added to it: {needs}.",
    fix: "Allow them where the role is defined.", see: Rule.Source.roles)
  private static let undecidedSecret = Rule.warning(
    "undecided-secret",
    "An intrinsic function decides which secret an added container reads, so no policy for it can be "
      + "written.",
    fix: "Allow the execution role secretsmanager:GetSecretValue or ssm:GetParameters for it.",
    see: Rule.Source.roles)
  private static let policyNameTaken = Rule.error(
    "policy-name-taken",
    "The role {role} has a policy '{policy}' that this tool did not add for {family}. A role cannot "
      + "have two policies of one name.",
    fix: "Remove that policy. It is left over from an injection that was only partly removed.")
}
