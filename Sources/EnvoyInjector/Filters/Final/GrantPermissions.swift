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
      findings.add(.undecidedSecret, at: node, in: task.document)
    }
    for role in RolePolicies(
      of: task, for: task.addedContainers, sendsTraces: task.tracingDaemon != nil ? true : nil
    ).roles {
      switch role.reference {
      case .made(let name): grant(role, to: name, &task, &findings)
      case .named, .decidedLater:
        findings.add(.elsewhere(role), at: task.node(role.field), in: task.document)
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
        .undecidedPolicies(name, role), at: task.node(role.field), in: task.document)
    }
    guard !made.hasPolicy(named: role.policyName, in: task.document) else {
      return findings.add(.policyNameTaken(name, role), at: made.node, in: task.document)
    }
    made.add(
      role.inlinePolicy(missing), to: &task.document,
      because: Edit.Reason(
        filter: Self.name, "the \(role.kind.rawValue) role of \(role.family) must allow it"))
  }
}

extension RoleToAllow {
  fileprivate var needs: String { statements.map(\.sid).joined(separator: ", ") }
  fileprivate var printing: Wording {
    "'inject-envoy policy \(.resource) \(family)' prints what the \(kind.rawValue) role must allow"
  }
}

extension Message {
  fileprivate static func elsewhere(_ role: RoleToAllow) -> Self {
    Self(
      .roleElsewhere,
      "the \(role.kind.rawValue) role of \(role.family) is \(role.reference?.spelling ?? "none"), which this "
        + "template does not make, so what it must allow is not added to it: \(role.needs)",
      fix: "allow it where the role is made: \(role.printing)")
  }
  fileprivate static func undecidedPolicies(_ name: String, _ role: RoleToAllow) -> Self {
    Self(
      .roleElsewhere,
      "a function decides which policies the role \(name) has, so what \(role.family) needs is not "
        + "added to it: \(role.needs)",
      fix: "write its Policies as a list, or allow it there: \(role.printing)")
  }
  fileprivate static func policyNameTaken(_ name: String, _ role: RoleToAllow) -> Self {
    Self(
      .policyNameTaken,
      "the role \(name) has a policy '\(role.policyName)' that this tool did not add for "
        + "\(role.family), and a role can't have two of one name")
  }
  fileprivate static let undecidedSecret = Self(.undecidedSecret)
}
