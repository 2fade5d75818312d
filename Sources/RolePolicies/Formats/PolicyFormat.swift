import LosslessJSON
import TaskDefinitions

/// How policies are printed.
public enum PolicyFormat: String, CaseIterable, Sendable {
  case json, cli, cloudformation, terraform

  /// Whether a trust policy is among what is printed.
  ///
  /// - Parameter withTrust: also for roles that are there already.
  public func printsTrust(_ policies: RolePolicies, withTrust: Bool) -> Bool {
    switch self {
    case .json: withTrust
    case .cli: policies.roles.contains { withTrust || $0.existing == nil }
    case .terraform: policies.roles.contains { $0.existing == nil }
    // A template knows where its stack is.
    case .cloudformation: false
    }
  }

  /// The policies of one task, or of several: one text that is valid as a whole. `json` prints one
  /// object for each task, in order.
  ///
  /// - Parameter withTrust: also print who may take the roles on; roles that a format makes anew
  ///   have that in any case.
  public func text(_ policies: [RolePolicies], withTrust: Bool) -> String {
    let roles = policies.flatMap(\.roles)
    return switch self {
    case .json: policies.map { JSONPolicies.text($0, withTrust: withTrust) }.joined()
    case .cli: CommandLinePolicies.text(roles, withTrust: withTrust)
    case .cloudformation: CloudFormationPolicies.text(roles)
    case .terraform: TerraformPolicies.text(roles)
    }
  }
}
