import LosslessJSON
package import TaskDefinitions

/// Refuses a task in which an application uses a port that Envoy, or the daemon beside it, needs:
/// in `awsvpc` mode all containers of a task share one set of ports.
package struct RequireFreePorts: Check {
  package static let name = "require-free-ports"
  package static let summary =
    "refuse applications on ports that Envoy or its tracing daemon listens on"

  /// In the order in which they are told.
  package let reserved: [ReservedPort]
  /// Images of a daemon that is used where the task has it already, so that its ports are no
  /// hindrance.
  package var daemons: [String] = []

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for container in task.containers where container != task.envoy {
      for mapping in task.list(.portMappings, of: container) {
        guard let ports = task.ports(of: mapping) else { continue }
        for port in reserved where ports ~= port.number && !mayUse(container, task) {
          findings.add(
            .portTaken(port, task.name(of: container)), at: mapping, in: task.document)
        }
      }
    }
  }

  /// A foreign Envoy on these ports is told as what it is.
  private func mayUse(_ container: NodeID, _ task: TaskDefinition) -> Bool {
    container == task.proxyContainer || task.hasImage(container, of: daemons)
  }
}

/// A port, and what will listen there.
package struct ReservedPort {
  package let number: Int
  package let owner: String
}

extension RequireFreePorts {
  package init(reserved: [Int: String], tracing: TracingDaemonKind) {
    self.init(
      reserved: reserved.sorted { $0.key < $1.key }.map(ReservedPort.init),
      daemons: TracingDaemonImage.accepting(tracing))
  }
}

extension Message {
  fileprivate static func portTaken(_ port: ReservedPort, _ container: String) -> Self {
    Self(
      .portTaken,
      "container '\(container)' uses port \(port.number), which \(port.owner) needs: "
        + "one could not start")
  }
}
