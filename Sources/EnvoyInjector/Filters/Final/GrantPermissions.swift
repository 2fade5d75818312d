import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Grants the roles of a template the permissions that the added containers need. Each role gets one inline
/// policy, however many tasks share it.
///
/// Roles from elsewhere cannot be edited here. A finding lists the permissions that they need.
struct GrantPermissions: Filter {
  static let name = "grant-permissions"
  static let summary = "Add to the roles of the same template what the added containers need"

  func apply(to context: inout StageContext) {
    guard context.task.place.values != nil else { return }
    for container in context.addedContainers.map({ AddedContainer(context.task, $0) }) {
      for node in container.undecidedSecrets { context.report(Self.undecidedSecret, at: node) }
      for node in container.wildcards { context.report(Self.wildcardGrant, at: node) }
    }
    // One role may be both the task role and the execution role.
    var missing: [(role: String, statements: [PolicyStatement])] = []
    for role in RolePolicies(
      of: context.task, for: context.addedContainers, sendsTraces: context.roles.sendsTraces
    ).roles {
      switch role.reference {
      case .made(let name) where context.task.place.isInLoop:
        context.report(
          Self.roleElsewhere,
          role.values(reason: "is '\(name)', which all task definitions of the loop share"),
          fix: "Allow them in the role. \(role.printing)", at: context.task.node(role.field))
      case .made(let name):
        let statements = Self.missing(role, in: name, &context)
        if let index = missing.firstIndex(where: { $0.role == name }) {
          missing[index].statements += statements
        } else {
          missing.append((name, statements))
        }
      case .named, .decidedLater:
        let spelling = role.reference?.spelling ?? "unknown"
        context.report(
          Self.roleElsewhere,
          role.values(reason: "is \(spelling), which this template does not define"),
          fix: "Allow them where the role is defined. \(role.printing)",
          at: context.task.node(role.field))
      // RequireRoles has reported it.
      case nil: break
      }
    }
    for (role, statements) in missing where !statements.isEmpty {
      Self.grant(statements, to: role, &context)
    }
  }

  /// The permissions that the role does not have yet.
  private static func missing(
    _ role: RoleToAllow, in name: String, _ context: inout StageContext
  ) -> [PolicyStatement] {
    let (place, document) = (context.task.place, context.task.document)
    let granted = GrantedPermissions(of: name, around: place, in: document)
    let missing = role.statements.filter { !granted.cover($0) }
    guard missing.isEmpty || TemplateRole(named: name, in: document) != nil else {
      context.report(
        roleElsewhere,
        role.values(reason: "is \(name), whose policies an intrinsic function decides"),
        fix: "Write its Policies as a list, or allow them there. \(role.printing)",
        at: context.task.node(role.field))
      return []
    }
    return missing
  }

  private static func grant(
    _ statements: [PolicyStatement], to name: String, _ context: inout StageContext
  ) {
    guard let role = TemplateRole(named: name, in: context.task.document) else { return }
    let statements = statements.map(\.templateJSON)
    let reason = context.reason("\(context.task.displayName) needs these permissions.")
    var policy = SharedPolicy()
    if let present = role.sharedPolicy(in: context.task.document) {
      guard context.grantedRoles[name] != nil,
        let shared = SharedPolicy(context.task.document.value(present))
      else {
        return context.report(
          policyNameTaken, ["role": name, "policy": SharedPolicy.name], at: present)
      }
      // Reported for an earlier task.
      guard size(of: name, context.task) <= InlinePolicySize.limit else { return }
      policy = shared
      policy.add(statements)
      context.task.document.replace(present, with: policy.value, because: reason)
    } else {
      policy.add(statements)
      role.add(policy.value, to: &context.task.document, because: reason)
      if context.grantedRoles[name] == nil { context.grantedRoles[name] = context.originOfLastEdit }
    }
    let origin = context.grantedRoles[name] ?? PolicyListOrigin()
    context.grants.append(RoleGrant(role: name, statements: statements, origin: origin))
    let size = size(of: name, context.task)
    guard size > InlinePolicySize.limit else { return }
    context.report(
      roleTooLarge, ["role": name, "count": "\(size)", "limit": "\(InlinePolicySize.limit)"],
      at: role.node)
  }

  private static func size(of role: String, _ task: TaskDefinition) -> Int {
    InlinePolicySize.minimum(of: role, around: task.place, in: task.document)
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
  static let rules = [
    roleElsewhere, undecidedSecret, wildcardGrant, policyNameTaken, roleTooLarge, openTrust,
  ]

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
    "The role {role} has a policy '{policy}' that no injected task of the template added. A role "
      + "cannot have two policies of one name.",
    fix: "Remove that policy. It is left over from an injection that was only partly removed.")
  static let wildcardGrant = Rule.error(
    "wildcard-grant",
    "A name with * or ? would let the role read more than what it names.",
    fix: "Write the full name of the secret, parameter, log group, file or image.",
    see:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html")
  private static let roleTooLarge = Rule.error(
    "role-too-large",
    "The inline policies of the role {role} have {count} characters together. IAM allows {limit}.",
    fix: "Give the tasks that share the role roles of their own.",
    see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html")
  static let openTrust = Rule.warning(
    "open-trust",
    "The account or the region of the task is unknown, so the trust policy does not restrict for which "
      + "account ECS may assume the role.",
    fix: "Add conditions on aws:SourceAccount and aws:SourceArn, or name the roles by their ARNs.",
    see: Rule.Source.roles)
}
