package import LosslessJSON
package import TaskDefinitions

/// Finds variables that App Mesh's agent does not read, and secrets that it logs.
///
/// - SeeAlso: <https://github.com/aws/amazon-ecs-service-connect-agent>
package struct WarnAboutAgentVariables: Check {
  package static let name = "warn-of-agent-variables"
  package static let summary =
    "Warn about variables that App Mesh's agent ignores, and secrets that it logs"

  package let envoy: PresentEnvoy

  /// Names that people set although they have no effect: the ECS Workshop's REGION, a switch that
  /// never existed, and one that was removed.
  private static let unread = [
    "REGION", "APPMESH_FIPS_ENDPOINT", "ENVOY_ENABLE_TCP_POOL_IDLE_TIMEOUT",
  ]
  /// The agent prints variables with these prefixes when it starts.
  private static let logged = ["ENVOY_", "APPMESH_", "APPNET_"]

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for variable in envoy.variables where Self.unread.contains(variable.name) {
      findings.add(
        Self.unreadVariable, ["name": variable.name],
        fix: variable.name == "REGION" ? "Name it AWS_REGION." : nil, at: variable.node,
        in: task.document)
    }
    for secret in task.list(.secrets, of: envoy.container) {
      guard let name = task.text(.name, of: secret), Self.logged.contains(where: name.hasPrefix)
      else { continue }
      findings.add(Self.loggedSecret, ["name": name], at: secret, in: task.document)
    }
  }
}

extension WarnAboutAgentVariables {
  package static let rules = [unreadVariable, loggedSecret]

  private static let unreadVariable = Rule.warning(
    "unread-variable", "App Mesh's agent does not read {name}, so the variable has no effect.",
    fix: "Remove it, or correct its name.", see: Rule.Source.envoyVariables)
  private static let loggedSecret = Rule.warning(
    "logged-secret", "App Mesh's agent writes {name} to its log, but the variable holds a secret.",
    fix: "Use a name that does not begin with ENVOY_, APPMESH_, or APPNET_.",
    see: Rule.Source.agent)
}
