package import LosslessJSON

/// An Envoy that this tool did not add, with its tracing daemon.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/getting-started-ecs.html>
package struct ForeignEnvoy {
  package let envoy: NodeID?
  /// The X-Ray daemon or collector that serves only Envoy.
  package let daemon: NodeID?
  /// Daemons that look like Envoy's but may serve the application as well.
  package let doubtful: [NodeID]

  /// - Parameter selection: a container that the user skips is not treated as Envoy.
  package init(_ task: TaskDefinition, _ selection: ContainerSelection = ContainerSelection()) {
    let proxy = task.proxyConfiguration
    let envoy = task.presentEnvoy(ContainerRoles(selection: selection))?.container
    self.envoy = envoy
    guard let envoy else {
      daemon = nil
      doubtful = []
      return
    }
    let others = task.containers.filter { $0 != envoy }
    let candidates = others.filter { container in
      task.hasImage(container, of: TracingDaemonImage.all)
        && (task.dependencies(of: envoy).contains(container)
          || proxy?.ignores(task.identity(of: container)) == true)
    }
    let applications = others.filter { !candidates.contains($0) }
    doubtful = candidates.filter { daemon in
      applications.contains { Self.uses($0, daemon, task) }
    }
    daemon = candidates.first { [doubtful] in !doubtful.contains($0) }
  }

  /// Whether an application waits for the daemon, links to it, or is configured to send spans.
  private static func uses(
    _ application: NodeID, _ daemon: NodeID, _ task: TaskDefinition
  ) -> Bool {
    let name = task.name(of: daemon)
    let waits = task.list(.dependsOn, of: application).contains {
      task.text(.containerName, of: $0) == name
    }
    let links = task.texts(.links, of: application).contains { $0.hasPrefix(name) }
    return waits || links
      || task.variables(of: application).contains { variable in
        ["AWS_XRAY_", "OTEL_"].contains(where: variable.name.hasPrefix)
          || [":2000", ":4317", ":4318"].contains(where: variable.value.hasSuffix)
      }
  }

  /// The containers that are removed with the proxy.
  package var containers: [NodeID] { [envoy, daemon].compactMap { $0 } }
}
