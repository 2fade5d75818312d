package import LosslessJSON

/// What a task needs of a role that its template makes.
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

/// What a role's list of inline policies was before inject added its own policy to it. All tasks
/// that share the role keep it: the last one that is taken back restores the list.
package struct PolicyListOrigin: Hashable, Sendable {
  /// The list was added with the policy, so it goes with its last element.
  package var prunes = false
  /// How the null was spelled that the list replaced; `nil` if there was none.
  package var leavesNull: String?
  /// White space between the brackets of the empty list.
  package var closing = ""

  package init(prunes: Bool = false, leavesNull: String? = nil, closing: String = "") {
    self.prunes = prunes
    self.leavesNull = leavesNull
    self.closing = closing
  }
}
