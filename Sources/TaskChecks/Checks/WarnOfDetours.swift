import LosslessJSON
package import TaskDefinitions

/// Containers whose traffic goes through Envoy too early, too late or without need.
package struct WarnOfDetours: Check {
  package static let name = "warn-of-detours"
  package static let summary =
    "daemons that call out through Envoy, containers that do not wait for it"

  package let proxy: ProxyConfiguration
  package let envoy: PresentEnvoy

  /// Agents that call a service of their own, by the last part of their image's name.
  private static let agents = TracingDaemonImage.all + ["cloudwatch-agent", "datadog-agent"]

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let before = task.dependencies(of: envoy.container)
    for container in task.containers where container != envoy.container {
      guard !proxy.ignores(task.identity(of: container)) else { continue }
      let name = task.name(of: container)
      if task.isLogRouter(container) {
        checkRouter(container, task, &findings)
      } else if isAgent(container, task) {
        findings.add(.daemon(name), at: container, in: task.document)
      } else if !before.contains(container),
        !task.dependencies(of: container).contains(envoy.container)
      {
        findings.add(.tooEarly(name, envoy.name), at: container, in: task.document)
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
    findings.add(.routerWaits(task.name(of: router)), at: router, in: task.document)
  }
}

extension Message {
  fileprivate static func daemon(_ name: String) -> Self {
    Self(
      .sidecarThroughEnvoy,
      "the daemon '\(name)' calls its service through Envoy: "
        + "it fails while Envoy starts and when it has stopped")
  }
  fileprivate static func tooEarly(_ name: String, _ envoy: String) -> Self {
    Self(
      .startsBeforeEnvoy,
      "container '\(name)' does not wait for '\(envoy)', and has no network until Envoy listens")
  }
  fileprivate static func routerWaits(_ name: String) -> Self {
    Self(
      .logRouterWaitsForEnvoy,
      "the log router '\(name)' waits for an Envoy that logs through it, "
        + "so Envoy's first lines have no taker")
  }
}
