import LosslessJSON

/// One object: the policy document of each role that needs one.
enum JSONPolicies {
  static func text(_ roles: [RoleToAllow], withTrust: Bool) -> String {
    var members = roles.map { JSONValue.Member("\($0.kind)Role", $0.policy) }
    if withTrust { members.append(JSONValue.Member("trustPolicy", RoleToAllow.trustPolicy)) }
    return JSONValue.object(members).prettyText + "\n"
  }
}
