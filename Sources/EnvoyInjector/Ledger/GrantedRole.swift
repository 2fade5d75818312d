import LosslessJSON
import RolePolicies
import TaskDefinitions

extension Ledger {
  /// What the task was granted.
  var grants: [RoleGrant] {
    steps.compactMap { step in
      guard case .revoke(_, let statements, let origin) = step, let role = step.role else {
        return nil
      }
      return RoleGrant(role: role, statements: statements, origin: origin)
    }
  }

  /// The ledgers of all tasks of a template that are injected.
  static func all(in document: Document) -> [Ledger] {
    TaskPlace.all(in: document)
      .compactMap { TakeBack.ledger(of: TaskDefinition(document, at: $0)) }
  }
}

extension Ledger.Step {
  /// The role of which it takes a policy away, or a part of one.
  fileprivate var role: String? {
    let tokens = pointer.tokens
    guard tokens.count == 5, tokens[0] == "Resources", tokens[3] == RoleProperty.policies else {
      return nil
    }
    return tokens[1]
  }

  /// What a step that removes something leaves in its place.
  var origin: PolicyListOrigin? {
    switch self {
    case .remove(_, let prunes, let leavesNull, let closing):
      PolicyListOrigin(prunes: prunes, leavesNull: leavesNull, closing: closing)
    case .revoke(_, _, let origin): origin
    case .add, .replace: nil
    }
  }
}

/// A role of a template whose policy of inject's is shared by the tasks that are injected.
enum GrantedRole {
  /// The roles to which tasks have been granted something, each with what its list was before.
  static func origins(_ ledgers: [Ledger]) -> [String: PolicyListOrigin] {
    var origins: [String: PolicyListOrigin] = [:]
    for step in ledgers.lazy.flatMap(\.steps) {
      guard let origin = step.origin, let role = step.role, origins[role] == nil else { continue }
      origins[role] = origin
    }
    return origins
  }

  /// Takes what tasks have been granted out of the roles.
  ///
  /// Nothing but what stands in inject's own policy is taken out, and nothing is added: the ledgers
  /// are labels, which anybody can write.
  ///
  /// - Parameter kept: what other tasks have been granted.
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
