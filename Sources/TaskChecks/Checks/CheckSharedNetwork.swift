import LosslessJSON
package import TaskDefinitions

/// What containers can't have in `awsvpc` mode, where all of a task share one network interface.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>
package struct CheckSharedNetwork: Check {
  package static let name = "check-shared-network"
  package static let summary = "links, hostnames, host ports and port collisions in awsvpc mode"

  package init() {}

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    guard task.text(.networkMode) == NetworkMode.awsvpc else { return }
    var owners = [Port: NodeID](minimumCapacity: 10)
    for container in task.containers {
      if !task.list(.links, of: container).isEmpty {
        findings.add(
          .links(task.name(of: container)), at: task.node(.links, of: container),
          in: task.document)
      }
      if task.text(.hostname, of: container)?.isEmpty == false {
        findings.add(
          .hostname(task.name(of: container)), at: task.node(.hostname, of: container),
          in: task.document)
      }
      // Which of them come together is decided when the stack is deployed.
      if task.isConditional(container) { continue }
      for mapping in task.list(.portMappings, of: container) {
        check(mapping, of: container, task, &owners, &findings)
      }
    }
  }

  private func check(
    _ mapping: NodeID, of container: NodeID, _ task: TaskDefinition,
    _ owners: inout [Port: NodeID], _ findings: inout Findings
  ) {
    guard let port = task.integer(.containerPort, of: mapping) else { return }
    if let hostPort = task.integer(.hostPort, of: mapping), hostPort != port, hostPort != 0 {
      findings.add(
        .hostPort(hostPort, port), at: task.node(.hostPort, of: mapping), in: task.document)
    }
    let used = Port(number: port, transport: task.transport(of: mapping))
    guard let owner = owners.updateValue(container, forKey: used), owner != container else {
      return
    }
    let (name, other) = (task.name(of: container), task.name(of: owner))
    if name != other {
      findings.add(.collision(used, other, name), at: mapping, in: task.document)
    }
  }

  fileprivate struct Port: Hashable {
    let number: Int
    let transport: TransportProtocol
  }
}

extension Message {
  fileprivate static func links(_ name: String) -> Self {
    Self(
      .linksInAwsvpc,
      "container '\(name)' has links, which ECS refuses in network mode awsvpc")
  }
  fileprivate static func hostname(_ name: String) -> Self {
    Self(
      .hostnameInAwsvpc,
      "container '\(name)' has a hostname, which ECS refuses in network mode awsvpc")
  }
  fileprivate static func hostPort(_ hostPort: Int, _ port: Int) -> Self {
    Self(
      .hostPort,
      "hostPort \(hostPort) differs from containerPort \(port), "
        + "which ECS refuses in network mode awsvpc")
  }
  fileprivate static func collision(
    _ port: CheckSharedNetwork.Port, _ one: String, _ other: String
  ) -> Self {
    Self(
      .portCollision,
      "containers '\(one)' and '\(other)' both use port \(port.number)/\(port.transport.rawValue), "
        + "but in network mode awsvpc only one of them can")
  }
}
