package import LosslessJSON
package import TaskDefinitions

/// Refuses a task in which an application uses a port that Envoy or its tracing daemon needs. In
/// `awsvpc` mode all containers of a task share one set of ports.
package struct RequireFreePorts: Check {
  package static let name = "require-free-ports"
  package static let summary =
    "Refuse applications on ports that Envoy or its tracing daemon listens on"

  /// In the order in which they are reported.
  package let reserved: [ReservedPort]
  /// Images of tracing daemons that Envoy can use if the task already has one, so their ports are not
  /// in conflict.
  package var daemons: [String] = []
  /// Envoy's own container.
  package let envoy: NodeID?
  /// The containers that the user calls applications are no Envoy.
  package var selection = ContainerSelection()

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for container in task.containers where container != envoy {
      for mapping in task.list(.portMappings, of: container) {
        guard let ports = task.ports(of: mapping) else { continue }
        for port in reserved where ports ~= port.number && !mayUse(container, task) {
          findings.add(
            Self.portTaken,
            [
              "name": task.name(of: container), "port": "\(port.number)", "owner": port.owner,
            ], fix: port.owner == ReservedPort.tracingDaemon ? Self.fixForDaemon : nil, at: mapping,
            in: task.document)
        }
      }
    }
  }

  /// Another check reports a foreign Envoy on these ports.
  private func mayUse(_ container: NodeID, _ task: TaskDefinition) -> Bool {
    container == task.proxyContainer || task.hasImage(container, of: daemons)
      || task.isEnvoy(container) && !task.isCalledApplication(container, selection)
  }
}

/// A port, and what will listen there.
package struct ReservedPort: Sendable {
  package let number: Int
  package let owner: String

  /// The owner of the ports on which applications send traces.
  package static let tracingDaemon = "the tracing daemon"

  package init(number: Int, owner: String) {
    self.number = number
    self.owner = owner
  }
}

extension RequireFreePorts {
  package init(
    reserved: [ReservedPort], tracing: TracingDaemonKind, envoy: NodeID? = nil,
    selection: ContainerSelection = ContainerSelection()
  ) {
    self.init(
      reserved: reserved, daemons: TracingDaemonImage.accepting(tracing), envoy: envoy,
      selection: selection)
  }
}

extension RequireFreePorts {
  package static let rules = [portTaken]

  private static let portTaken = Rule.error(
    "port-taken",
    "Container '{name}' uses port {port}, which {owner} needs, so one of them cannot start.",
    fix: "Move the application to another port, or Envoy with \(.ingressPort), \(.egressPort), "
      + "\(.adminPort), or \(.metrics).", see: Rule.Source.proxy)
  private static let fixForDaemon: Wording =
    "Move the application to another port, or choose another daemon or none with \(.tracing)."
}
