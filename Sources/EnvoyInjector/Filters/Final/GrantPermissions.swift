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

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    guard task.place.values != nil else { return }
    for node in task.addedContainers.flatMap({ AddedContainer(task, $0).undecidedSecrets }) {
      findings.add(Self.undecidedSecret, at: node, in: task.document)
    }
    for role in RolePolicies(
      of: task, for: task.addedContainers, sendsTraces: task.tracingDaemon != nil ? true : nil
    ).roles {
      switch role.reference {
      case .made(let name): grant(role, to: name, &task, &findings)
      case .named, .decidedLater:
        let spelling = role.reference?.spelling ?? "unknown"
        findings.add(
          Self.roleElsewhere,
          role.values(reason: "is \(spelling), which this template does not define"),
          fix: "Allow them where the role is defined. \(role.printing)",
          at: task.node(role.field), in: task.document)
      // RequireRoles has said so.
      case nil: break
      }
    }
  }

  private func grant(
    _ role: RoleToAllow, to name: String, _ task: inout TaskDefinition, _ findings: inout Findings
  ) {
    let granted = GrantedPermissions(of: name, in: task.document)
    let missing = role.statements.filter { !granted.cover($0) }
    guard !missing.isEmpty else { return }
    guard let made = TemplateRole(named: name, in: task.document) else {
      return findings.add(
        Self.roleElsewhere,
        role.values(reason: "is \(name), whose policies an intrinsic function decides"),
        fix: "Write its Policies as a list, or allow them there. \(role.printing)",
        at: task.node(role.field), in: task.document)
    }
    guard !made.hasPolicy(named: role.policyName, in: task.document) else {
      return findings.add(
        Self.policyNameTaken,
        ["role": name, "policy": role.policyName, "family": role.family], at: made.node,
        in: task.document)
    }
    made.add(
      role.inlinePolicy(missing), to: &task.document,
      because: Edit.Reason(
        filter: Self.name, "the \(role.kind.rawValue) role of \(role.family) must allow it"))
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
