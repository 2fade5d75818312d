package import LosslessJSON
package import TaskDefinitions

/// Finds containers that use Envoy before it listens, after it stops, or without need.
package struct WarnAboutDetours: Check {
  package static let name = "warn-of-detours"
  package static let summary =
    "Warn about daemons that call out through Envoy, and containers that do not wait for it"

  package let proxy: ProxyConfiguration
  package let envoy: PresentEnvoy

  /// Agents that call their own service. Each is the last part of an image's name.
  private static let agents = TracingDaemonImage.all + ["cloudwatch-agent", "datadog-agent"]

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let before = task.dependencies(of: envoy.container)
    for container in task.containers where container != envoy.container {
      guard !proxy.ignores(task.identity(of: container)) else { continue }
      let name = task.name(of: container)
      if task.isLogRouter(container) {
        checkRouter(container, task, &findings)
      } else if isAgent(container, task) {
        findings.add(Self.sidecarThroughEnvoy, ["name": name], at: container, in: task.document)
      } else if !before.contains(container),
        !task.dependencies(of: container).contains(envoy.container)
      {
        findings.add(
          Self.startsBeforeEnvoy, ["name": name, "envoy": envoy.name], at: container,
          in: task.document)
      }
    }
  }

  private func isAgent(_ container: NodeID, _ task: TaskDefinition) -> Bool {
    task.hasImage(container, of: Self.agents)
      || task.text(.image, of: container)?.contains("datadog/agent") == true
  }

  private func checkRouter(
    _ router: NodeID, _ task: TaskDefinition, _ findings: inout Findings
  ) {
    let log = task.node(.logConfiguration, of: envoy.container)
    guard task.dependencies(of: router).contains(envoy.container),
      log.flatMap({ task.text(.logDriver, of: $0) }) == LogDriver.awsfirelens
    else { return }
    findings.add(
      Self.logRouterWaitsForEnvoy, ["name": task.name(of: router)], at: router, in: task.document)
  }
}

extension WarnAboutDetours {
  package static let rules = [sidecarThroughEnvoy, startsBeforeEnvoy, logRouterWaitsForEnvoy]

  private static let sidecarThroughEnvoy = Rule.warning(
    "sidecar-through-envoy",
    "The daemon '{name}' calls its service through Envoy. Its calls fail while Envoy starts and "
      + "after it stops.",
    fix: "Run it as the user that IgnoredUID names.", see: Rule.Source.proxy)
  private static let startsBeforeEnvoy = Rule.warning(
    "starts-before-envoy",
    "Container '{name}' does not wait for '{envoy}', so it has no network until Envoy listens.",
    fix: "Make it depend on Envoy with the condition HEALTHY.", see: Rule.Source.appMeshOnECS)
  private static let logRouterWaitsForEnvoy = Rule.warning(
    "log-router-waits-for-envoy",
    "The log router '{name}' waits for Envoy, and Envoy logs through it, so Envoy's first log lines "
      + "are lost.",
    fix: "Remove the router's dependency on Envoy.", see: Rule.Source.dependency)
}
