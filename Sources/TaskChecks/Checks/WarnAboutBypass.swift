package import LosslessJSON
package import TaskDefinitions

/// Warns about containers whose traffic takes a path that their owner may not expect.
///
/// ECS redirects traffic by user, not by container. Everything that runs as the ignored user or group
/// bypasses Envoy. Everything else goes through it, log routers and agents included.
package struct WarnAboutBypass: Check {
  package static let name = "warn-of-bypass"
  package static let summary =
    "Warn about containers that run as Envoy's user, or route logs through Envoy"

  /// `nil` if only a group is ignored.
  package let ignoredUID: Int?
  package let ignoredGID: Int?
  /// The roles of the containers: only applications are reported.
  package let roles: ContainerRoles

  package init(ignoredUID: Int?, ignoredGID: Int?, roles: ContainerRoles) {
    self.ignoredUID = ignoredUID
    self.ignoredGID = ignoredGID
    self.roles = roles
  }

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for container in task.containers {
      let identity = task.identity(of: container)
      let bypasses =
        (identity.uid != nil && identity.uid == ignoredUID)
        || (identity.gid != nil && identity.gid == ignoredGID)
      if task.isLogRouter(container), !bypasses {
        findings.add(
          Self.logRouterThroughEnvoy, ["name": task.name(of: container)], at: container,
          in: task.document)
      } else if bypasses, roles.isApplication(container, of: task),
        // A foreign Envoy is refused elsewhere, and it is right to run as Envoy's user.
        !task.isEnvoy(container)
      {
        findings.add(
          Self.applicationBypassesEnvoy, ["name": task.name(of: container)],
          at: task.node(.user, of: container), in: task.document)
      }
    }
  }
}

extension WarnAboutBypass {
  package static let rules = [applicationBypassesEnvoy, logRouterThroughEnvoy]

  private static let applicationBypassesEnvoy = Rule.warning(
    "application-bypasses-envoy",
    "Container '{name}' runs as the user or group whose traffic is not redirected, so its outgoing "
      + "traffic bypasses Envoy.",
    fix: "Run it as another user, or give Envoy another one with \(.user).", see: Rule.Source.proxy)
  private static let logRouterThroughEnvoy = Rule.warning(
    "log-router-through-envoy",
    "The log router '{name}' sends its logs through Envoy. They are delayed while Envoy starts, and "
      + "lost after it stops.",
    fix: #"Run the router with "user": "0:1338", and inject with \#(.ignoredGid, "1338")."#,
    see: "https://github.com/cdklabs/cdk-ecs-service-extensions")
}
