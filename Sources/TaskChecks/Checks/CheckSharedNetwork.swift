package import LosslessJSON
package import TaskDefinitions

/// Finds settings that ECS refuses in `awsvpc` mode, where all containers of a task share one network
/// interface.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>
package struct CheckSharedNetwork: Check {
  package static let name = "check-shared-network"
  package static let summary =
    "Find links, hostnames, host ports and port collisions in awsvpc mode"

  package init() {}

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    guard task.hasText(NetworkMode.awsvpc, in: .networkMode, of: task.root) else { return }
    var owners = [Port: NodeID](minimumCapacity: 10)
    for container in task.containers {
      if !task.list(.links, of: container).isEmpty {
        findings.add(
          Self.linksInAwsvpc, ["name": task.name(of: container)],
          fix: task.place.isList ? Self.fixForList : nil,
          at: task.node(.links, of: container),
          in: task.document)
      }
      if task.text(.hostname, of: container)?.isEmpty == false {
        findings.add(
          Self.hostnameInAwsvpc, ["name": task.name(of: container)],
          at: task.node(.hostname, of: container),
          in: task.document)
      }
      // The deployment of the stack decides which conditional containers run together.
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
        Self.hostPort, ["hostPort": "\(hostPort)", "port": "\(port)"],
        at: task.node(.hostPort, of: mapping), in: task.document)
    }
    let used = Port(number: port, transport: task.transport(of: mapping))
    guard let owner = owners.updateValue(container, forKey: used), owner != container else {
      return
    }
    let (name, other) = (task.name(of: container), task.name(of: owner))
    if name != other {
      findings.add(
        Self.portCollision,
        ["one": other, "other": name, "port": "\(port)/\(used.transport.rawValue)"], at: mapping,
        in: task.document)
    }
  }

  private struct Port: Hashable {
    let number: Int
    let transport: TransportProtocol

    /// Hashes only the number. The transport would be hashed as a string, and few ports differ only in it.
    func hash(into hasher: inout Hasher) { hasher.combine(number) }
  }
}

extension CheckSharedNetwork {
  package static let rules = [linksInAwsvpc, hostnameInAwsvpc, hostPort, portCollision]

  private static let linksInAwsvpc = Rule.error(
    "links-in-awsvpc",
    "Container '{name}' has links, which ECS refuses in network mode awsvpc.",
    fix: "Remove links, and reach the other container at 127.0.0.1.", see: Rule.Source.container)
  /// A list does not name a network mode.
  private static let fixForList: Wording =
    "Envoy needs a task in network mode awsvpc. Remove links, and reach the other container at "
    + "127.0.0.1."
  private static let hostnameInAwsvpc = Rule.error(
    "hostname-in-awsvpc",
    "Container '{name}' has a hostname, which ECS refuses in network mode awsvpc.",
    fix: "Remove hostname.", see: Rule.Source.container)
  private static let hostPort = Rule.error(
    "host-port",
    "hostPort {hostPort} differs from containerPort {port}, which ECS refuses in network mode "
      + "awsvpc.",
    fix: "Remove hostPort.", see: Rule.Source.portMapping)
  private static let portCollision = Rule.error(
    "port-collision",
    "Containers '{one}' and '{other}' both use port {port}, but in network mode awsvpc they share "
      + "one network interface.",
    fix: "Move one of them to another port.", see: Rule.Source.portMapping)
}
