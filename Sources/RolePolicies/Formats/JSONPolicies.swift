import LosslessJSON
import TaskDefinitions

/// One object: the policy document of each role that needs one.
package enum JSONPolicies {
  package static func text(_ policies: RolePolicies, withTrust: Bool) -> String {
    var members = policies.roles.map { JSONValue.Member("\($0.kind)Role", $0.policy) }
    if withTrust {
      members.append(
        JSONValue.Member("trustPolicy", policies.trust?.document ?? TrustPolicy.anyAccount))
    }
    return JSONValue.object(members).prettyText + "\n"
  }
}
