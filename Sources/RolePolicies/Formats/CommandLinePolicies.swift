import LosslessJSON
import TaskDefinitions

/// Commands of the AWS CLI, for a POSIX shell.
package enum CommandLinePolicies {
  package static func text(_ roles: [RoleToAllow], withTrust: Bool) -> String {
    roles.flatMap { commands($0, withTrust: withTrust) }.map { $0 + "\n" }.joined()
  }

  private static func commands(_ role: RoleToAllow, withTrust: Bool) -> [String] {
    var commands: [String] = []
    if role.existing == nil {
      commands.append("# Name the new role in the task definition: \(role.field.spelling)")
      commands.append(
        "aws iam create-role --role-name \(quoted(role.name)) "
          + "--assume-role-policy-document \(quoted(role.trustPolicy.compactText))")
    } else if withTrust {
      commands.append(
        "aws iam update-assume-role-policy --role-name \(quoted(role.name)) "
          + "--policy-document \(quoted(role.trustPolicy.compactText))")
    }
    commands.append(
      "aws iam put-role-policy --role-name \(quoted(role.name)) "
        + "--policy-name \(role.policyName) "
        + "--policy-document \(quoted(role.policy.compactText))")
    return commands
  }

  /// Quotes a word for the shell. Single quotes escape everything except a single quote.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
      + "'"
  }
}
