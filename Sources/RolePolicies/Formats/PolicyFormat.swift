import LosslessJSON
import TaskDefinitions

/// How policies are printed.
public enum PolicyFormat: String, CaseIterable, Sendable {
  case json, cli, cloudformation, terraform

  /// The policies of one task, or of several: one text that is valid as a whole. `json` prints one
  /// object for each task, in order.
  ///
  /// - Parameter withTrust: also print who may take the roles on; roles that a format makes anew
  ///   have that in any case.
  public func text(_ policies: [RolePolicies], withTrust: Bool) -> String {
    let roles = policies.flatMap(\.roles)
    return switch self {
    case .json: policies.map { JSONPolicies.text($0.roles, withTrust: withTrust) }.joined()
    case .cli: CommandLinePolicies.text(roles, withTrust: withTrust)
    case .cloudformation: CloudFormationPolicies.text(roles)
    case .terraform: TerraformPolicies.text(roles)
    }
  }
}
