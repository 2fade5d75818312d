import LosslessJSON

/// Refuses a task in which an application uses a port that Envoy, or the daemon beside it, needs:
/// in `awsvpc` mode all containers of a task share one set of ports.
struct RequireFreePorts: Requirement {
  static let name = "require-free-ports"
  static let summary = "refuse applications on ports that Envoy or its tracing daemon listens on"

  /// Port, and what will listen there.
  let reserved: [Int: String]
  /// A daemon that the task has already is used, so its ports are no hindrance.
  let tracing: InjectionOptions.Tracing

  func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let daemons = TracingDaemonImage.accepting(tracing)
    // A foreign Envoy on these ports is told as what it is.
    let envoys = [task.envoy, task.proxyContainer]
    for container in task.containers
    where !envoys.contains(container) && !daemons.contains(task.repository(of: container)) {
      for mapping in task.list(.portMappings, of: container) {
        guard let ports = task.ports(of: mapping) else { continue }
        for (port, owner) in reserved.sorted(by: { $0.key < $1.key }) where ports ~= port {
          findings.add(
            .portTaken(port, task.name(of: container), owner), at: mapping, in: task.document)
        }
      }
    }
  }
}

extension Finding.Message {
  fileprivate static func portTaken(_ port: Int, _ container: String, _ owner: String) -> Self {
    Self(
      .portTaken,
      "container '\(container)' uses port \(port), which \(owner) needs: one could not start")
  }
}
