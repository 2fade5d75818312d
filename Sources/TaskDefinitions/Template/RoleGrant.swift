package import LosslessJSON

/// The permissions that a task needs from a role in the same template.
package struct RoleGrant: Hashable, Sendable {
  /// The logical id of the role.
  package let role: String
  /// Statements of an IAM policy, as a template spells them.
  package let statements: [JSONValue]
  package let origin: PolicyListOrigin

  package init(role: String, statements: [JSONValue], origin: PolicyListOrigin) {
    self.role = role
    self.statements = statements
    self.origin = origin
  }
}

/// The state of a role's list of inline policies before inject added its policy. Every task that shares
/// the role records it. Removing the last of these injections restores the list.
package struct PolicyListOrigin: Hashable, Sendable {
  /// Whether inject added the list. It is then removed with its last element.
  package var prunes = false
  /// The spelling of the null that the list replaced; `nil` if there was none.
  package var leavesNull: String?
  /// The whitespace between the brackets of the empty list.
  package var closing = ""

  package init(prunes: Bool = false, leavesNull: String? = nil, closing: String = "") {
    self.prunes = prunes
    self.leavesNull = leavesNull
    self.closing = closing
  }
}
