package import LosslessJSON
package import TaskDefinitions

/// Finds port mappings whose `protocol` is neither `tcp` nor `udp`. ECS publishes their ports as tcp.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html>
package struct WarnAboutProtocols: Check {
  package static let name = "warn-of-protocols"
  package static let summary = "Warn about port mappings whose protocol ECS replaces with tcp"

  package init() {}

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for container in task.containers {
      for mapping in task.list(.portMappings, of: container) {
        guard let word = task.text(.protocol, of: mapping), TransportProtocol(rawValue: word) == nil
        else { continue }
        findings.add(
          Self.unknownProtocol, ["protocol": word, "name": task.name(of: container)],
          at: task.node(.protocol, of: mapping), in: task.document)
      }
    }
  }
}

extension WarnAboutProtocols {
  package static let rules = [unknownProtocol]

  private static let unknownProtocol = Rule.warning(
    "unknown-protocol",
    "Container '{name}' has a port with protocol '{protocol}', which ECS registers as tcp. "
      + "Envoy serves the port.",
    fix: #"Write "tcp", and name the application's protocol in appProtocol."#,
    see: "https://github.com/hashicorp/terraform-provider-aws/issues/3645")
}
