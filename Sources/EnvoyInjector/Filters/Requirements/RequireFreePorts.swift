import LosslessJSON

/// Refuses a task in which an application uses a port that Envoy, or the daemon beside it, needs:
/// in `awsvpc` mode all containers of a task share one set of ports.
struct RequireFreePorts: Requirement {
  static let name = "require-free-ports"
  static let summary = "refuse applications on ports that Envoy or its tracing daemon listens on"

  /// Port, and what will listen there.
  private let reserved: [(port: Int, owner: String)]
  /// A daemon that the task has already is used, so its ports are no hindrance.
  private let daemons: [String]

  init(reserved: [Int: String], tracing: InjectionOptions.Tracing) {
    self.reserved = reserved.sorted { $0.key < $1.key }.map { (port: $0.key, owner: $0.value) }
    daemons = TracingDaemonImage.accepting(tracing)
  }

  func check(_ task: TaskDefinition, _ findings: inout Findings) {
    // A foreign Envoy on these ports is told as what it is.
    let envoys = [task.envoy, task.proxyContainer]
    for container in task.containers
    where !envoys.contains(container) && !isDaemon(container, task) {
      for mapping in task.list(.portMappings, of: container) {
        guard let ports = task.ports(of: mapping) else { continue }
        for (port, owner) in reserved where ports ~= port {
          findings.add(
            .portTaken(port, task.name(of: container), owner), at: mapping, in: task.document)
        }
      }
    }
  }

  private func isDaemon(_ container: NodeID, _ task: TaskDefinition) -> Bool {
    !daemons.isEmpty && daemons.contains(task.repository(of: container))
  }
}

extension Finding.Message {
  fileprivate static func portTaken(_ port: Int, _ container: String, _ owner: String) -> Self {
    Self(
      .portTaken,
      "container '\(container)' uses port \(port), which \(owner) needs: one could not start")
  }
}
