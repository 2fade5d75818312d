import LosslessJSON
import RolePolicies
import TaskDefinitions

extension Ledger {
  /// The permissions that the task was granted.
  var grants: [RoleGrant] {
    steps.compactMap { step in
      guard case .revoke(_, let statements, let origin) = step, let role = step.role else {
        return nil
      }
      return RoleGrant(role: role, statements: statements, origin: origin)
    }
  }

  /// The ledgers of all injected tasks of a template.
  static func all(in document: Document) -> [Ledger] {
    TaskPlace.all(in: document)
      .compactMap { TakeBack.ledger(of: TaskDefinition(document, at: $0)) }
  }
}

extension Ledger.Step {
  /// The role whose policy the step removes or shrinks.
  fileprivate var role: String? {
    let tokens = pointer.tokens
    guard tokens.count == 5, tokens[0] == "Resources", tokens[3] == RoleProperty.policies else {
      return nil
    }
    return tokens[1]
  }

  /// The content that a removing step leaves in place of what it removes.
  var origin: PolicyListOrigin? {
    switch self {
    case .remove(_, let prunes, let leavesNull, let closing):
      PolicyListOrigin(prunes: prunes, leavesNull: leavesNull, closing: closing)
    case .revoke(_, _, let origin): origin
    case .add, .replace: nil
    }
  }
}

/// A role of a template with a policy of inject's that all injected tasks share.
enum GrantedRole {
  /// The roles that tasks have been granted permissions in, with the former content of their policy lists.
  static func origins(_ ledgers: [Ledger]) -> [String: PolicyListOrigin] {
    var origins: [String: PolicyListOrigin] = [:]
    for step in ledgers.lazy.flatMap(\.steps) {
      guard let origin = step.origin, let role = step.role, origins[role] == nil else { continue }
      origins[role] = origin
    }
    return origins
  }

  /// Removes permissions that tasks have been granted from the roles.
  ///
  /// It only removes what is in inject's own policy, and adds nothing, because ledgers are labels, which
  /// anybody can write.
  ///
  /// - Parameter kept: the grants of other tasks.
  static func revoke(
    _ grants: [RoleGrant], except kept: [RoleGrant], in document: inout Document,
    _ findings: inout Findings
  ) {
    let others = Dictionary(grouping: kept, by: \.role)
    for (role, grants) in Dictionary(grouping: grants, by: \.role).sorted(by: { $0.key < $1.key }) {
      let pointer = Ledger.policy(of: role)
      guard let node = document.node(atNamed: pointer) else { continue }
      guard var policy = SharedPolicy(document.value(node)) else {
        findings.add(
          TakeBack.changedSince, ["pointer": pointer.description], at: node, in: document)
        continue
      }
      let before = policy
      policy.remove(
        grants.flatMap(\.statements), except: (others[role] ?? []).flatMap(\.statements))
      if policy.isEmpty {
        TakeBack.remove(node, leaving: grants[0].origin, in: &document)
      } else if policy != before {
        document.replace(
          node, with: policy.value,
          because: TakeBack.reason("The task no longer needs these permissions."))
      }
    }
  }
}
