import LosslessJSON
package import TaskDefinitions

/// Ports and addresses of `proxyConfiguration`, as ECS's network plugin reads them: it trims no
/// port, and knows at most 15 in each list.
///
/// - SeeAlso: <https://github.com/aws/amazon-vpc-cni-plugins/tree/main/plugins/aws-appmesh>
package struct CheckProxyLists: Check {
  package static let name = "check-proxy-lists"
  package static let summary =
    "ports and addresses of proxyConfiguration that are none, or too many"

  package let proxy: ProxyConfiguration
  package let adminPort: Int?

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for name in Self.lists {
      guard let property = proxy[name], !property.isPlaceholder else { continue }
      let ports = property.elements
      checkNumbers(ports, name, property, task, &findings)
      if ports.count > ProxyConfiguration.maximumPorts {
        let message: Message =
          name == .appPorts ? .tooManyPorts(ports.count) : .tooManyIgnored(ports.count)
        findings.add(message, at: property.node, in: task.document)
      }
    }
    for name in Self.numbers {
      guard let property = proxy[name], !property.isPlaceholder else { continue }
      checkNumbers(CollectionOfOne(property.value), name, property, task, &findings)
    }
    checkAddresses(task, &findings)
    checkAppPorts(task, &findings)
    checkFileSystems(task, &findings)
  }

  private static let lists = [ProxyConfiguration.Name.appPorts, .egressIgnoredPorts]
  private static let numbers = [ProxyConfiguration.Name.ingressPort, .egressPort]

  private func checkNumbers(
    _ ports: some Sequence<String>, _ name: ProxyConfiguration.Name,
    _ property: ProxyConfiguration.Property, _ task: TaskDefinition, _ findings: inout Findings
  ) {
    if let wrong = ports.first(where: { !(1...65535).contains(Int($0) ?? 0) }) {
      findings.add(.notAPort(name, wrong), at: property.node, in: task.document)
    }
  }

  private func checkAddresses(_ task: TaskDefinition, _ findings: inout Findings) {
    guard let property = proxy[.egressIgnoredIPs], !property.isPlaceholder else { return }
    // Unlike ports, addresses are trimmed.
    for element in property.elements {
      let address = element.trimmed
      if !AddressBlock.isValid(address) {
        findings.add(.notAnAddress(address), at: property.node, in: task.document)
      }
    }
  }

  private func checkAppPorts(_ task: TaskDefinition, _ findings: inout Findings) {
    guard let property = proxy[.appPorts] else { return }
    let (ingress, egress) = (proxy.number(.ingressPort), proxy.number(.egressPort))
    for element in property.elements {
      guard let port = Int(element), port == ingress || port == egress || port == adminPort else {
        continue
      }
      findings.add(.envoyPort(port), at: property.node, in: task.document)
    }
  }

  private func checkFileSystems(_ task: TaskDefinition, _ findings: inout Findings) {
    let ignored = proxy[.egressIgnoredPorts]
    guard let volume = task.fileSystems.first, ignored?.isPlaceholder != true,
      !proxy.ports(.egressIgnoredPorts).contains(Defaults.efsPort)
    else { return }
    findings.add(.efs, at: ignored?.node ?? volume, in: task.document)
  }
}

extension String {
  fileprivate var trimmed: String {
    let space = UInt8(ascii: " ")
    guard utf8.first == space || utf8.last == space else { return self }
    // By bytes: characters cost hundreds of times as much.
    let bytes = utf8.drop { $0 == space }
    let end = bytes.lastIndex { $0 != space }.map(bytes.index(after:))
    return String(self[bytes.startIndex..<(end ?? bytes.startIndex)])
  }
}

extension Message {
  fileprivate static func notAPort(_ name: ProxyConfiguration.Name, _ text: String) -> Self {
    Self(
      .notAProxyPort,
      "'\(text)' in \(name.rawValue) is no port from 1 to 65535, so the task can't start: "
        + "blanks are not trimmed")
  }
  fileprivate static func tooManyPorts(_ count: Int) -> Self {
    Self(
      .tooManyAppPorts,
      "AppPorts has \(count) ports, and ECS redirects at most \(ProxyConfiguration.maximumPorts) to a "
        + "proxy: the rest goes past Envoy in silence")
  }
  fileprivate static func tooManyIgnored(_ count: Int) -> Self {
    Self(
      .tooManyIgnoredPorts,
      "EgressIgnoredPorts has \(count) ports, and ECS ignores at most "
        + "\(ProxyConfiguration.maximumPorts): the rest is redirected in silence")
  }
  fileprivate static func notAnAddress(_ text: String) -> Self {
    Self(
      .notAnAddress,
      "'\(text)' in EgressIgnoredIPs is no IP address or CIDR block, so the task can't start")
  }
  fileprivate static func envoyPort(_ port: Int) -> Self {
    Self(
      .envoyPortAsAppPort,
      "AppPorts names port \(port), on which Envoy itself listens: its traffic would go in a circle"
    )
  }
  fileprivate static let efs = Self(.efsPort)
}
