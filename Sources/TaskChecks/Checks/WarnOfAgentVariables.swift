import LosslessJSON
package import TaskDefinitions

/// Variables that App Mesh's agent does not read, and secrets that it prints.
///
/// - SeeAlso: <https://github.com/aws/amazon-ecs-service-connect-agent>
package struct WarnOfAgentVariables: Check {
  package static let name = "warn-of-agent-variables"
  package static let summary = "App Mesh: variables that nobody reads, secrets that are logged"

  package let envoy: PresentEnvoy

  /// Names that people set in the belief that they matter: the ECS Workshop's REGION, a switch
  /// that never was, and one that was taken out.
  private static let unread = [
    "REGION", "APPMESH_FIPS_ENDPOINT", "ENVOY_ENABLE_TCP_POOL_IDLE_TIMEOUT",
  ]
  /// Variables so named are printed when the agent starts.
  private static let logged = ["ENVOY_", "APPMESH_", "APPNET_"]

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for variable in envoy.variables where Self.unread.contains(variable.name) {
      findings.add(.unread(variable.name), at: variable.node, in: task.document)
    }
    for secret in task.list(.secrets, of: envoy.container) {
      guard let name = task.text(.name, of: secret), Self.logged.contains(where: name.hasPrefix)
      else { continue }
      findings.add(.logged(name), at: secret, in: task.document)
    }
  }
}

extension Message {
  fileprivate static func unread(_ name: String) -> Self {
    name == "REGION"
      ? Self(
        .unreadVariable, "App Mesh's agent does not read REGION, so it has no effect",
        fix: "name it AWS_REGION")
      : Self(.unreadVariable, "App Mesh's agent does not read \(name), so it has no effect")
  }
  fileprivate static func logged(_ name: String) -> Self {
    Self(.loggedSecret, "App Mesh's agent prints \(name) to the log, and it holds a secret")
  }
}
