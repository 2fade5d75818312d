import LosslessJSON
import TaskDefinitions

/// One object: the policy document of each role that needs one.
package enum JSONPolicies {
  package static func text(_ roles: [RoleToAllow], withTrust: Bool) -> String {
    var members = roles.map { JSONValue.Member("\($0.kind)Role", $0.policy) }
    if withTrust { members.append(JSONValue.Member("trustPolicy", RoleToAllow.trustPolicy)) }
    return JSONValue.object(members).prettyText + "\n"
  }
}
