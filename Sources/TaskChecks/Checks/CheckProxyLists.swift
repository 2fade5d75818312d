package import LosslessJSON
package import TaskDefinitions

/// Finds ports and addresses in `proxyConfiguration` that ECS's network plugin cannot use. The plugin
/// does not trim ports, and reads at most 15 in each list.
///
/// - SeeAlso: <https://github.com/aws/amazon-vpc-cni-plugins/tree/main/plugins/aws-appmesh>
package struct CheckProxyLists: Check {
  package static let name = "check-proxy-lists"
  package static let summary =
    "Find invalid or too many ports and addresses in proxyConfiguration"

  package let proxy: ProxyConfiguration
  package let adminPort: Int?

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for name in Self.lists {
      guard let property = proxy[name], !property.isPlaceholder else { continue }
      let ports = property.elements
      checkNumbers(ports, name, property, task, &findings)
      if ports.count > ProxyConfiguration.maximumPorts {
        findings.add(
          name == .appPorts ? Self.tooManyAppPorts : Self.tooManyIgnoredPorts,
          ["count": "\(ports.count)", "limit": "\(ProxyConfiguration.maximumPorts)"],
          at: property.node, in: task.document)
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
      findings.add(
        Self.notAProxyPort, ["value": wrong, "property": name.rawValue], at: property.node,
        in: task.document)
    }
  }

  private func checkAddresses(_ task: TaskDefinition, _ findings: inout Findings) {
    guard let property = proxy[.egressIgnoredIPs], !property.isPlaceholder else { return }
    // Unlike ports, addresses are trimmed.
    for element in property.elements {
      let address = element.trimmed
      if !AddressBlock.isValid(address) {
        findings.add(
          Self.notAnAddress, ["value": address], at: property.node, in: task.document)
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
      findings.add(
        Self.envoyPortAsAppPort, ["port": "\(port)"], at: property.node, in: task.document)
    }
  }

  private func checkFileSystems(_ task: TaskDefinition, _ findings: inout Findings) {
    let ignored = proxy[.egressIgnoredPorts]
    guard let volume = task.fileSystems.first, ignored?.isPlaceholder != true,
      !proxy.ports(.egressIgnoredPorts).contains(Defaults.efsPort)
    else { return }
    findings.add(
      Self.efsPort, ["port": "\(Defaults.efsPort)"], at: ignored?.node ?? volume, in: task.document)
  }
}

extension String {
  fileprivate var trimmed: String {
    let space = UInt8(ascii: " ")
    guard utf8.first == space || utf8.last == space else { return self }
    // Works on bytes, because characters cost hundreds of times as much.
    let bytes = utf8.drop { $0 == space }
    let end = bytes.lastIndex { $0 != space }.map(bytes.index(after:))
    return String(self[bytes.startIndex..<(end ?? bytes.startIndex)])
  }
}

extension CheckProxyLists {
  package static let rules = [
    notAProxyPort, tooManyAppPorts, tooManyIgnoredPorts, notAnAddress, envoyPortAsAppPort, efsPort,
  ]

  private static let notAProxyPort = Rule.error(
    "not-a-proxy-port",
    "'{value}' in {property} is not a port number (1-65535), so the task cannot start. ECS does not "
      + "trim blanks.",
    fix: "Write port numbers with commas and without blanks between them.", see: Rule.Source.plugin)
  package static let tooManyAppPorts = Rule.error(
    "too-many-app-ports",
    "There are {count} application ports, but ECS redirects at most {limit}. Traffic to the others "
      + "bypasses Envoy.",
    fix: "Name the ports that Envoy must serve with \(.appPort).", see: Rule.Source.plugin)
  private static let tooManyIgnoredPorts = Rule.error(
    "too-many-ignored-ports",
    "EgressIgnoredPorts has {count} ports, but ECS ignores at most {limit}. Traffic to the others is "
      + "redirected to Envoy.",
    fix: "Name at most {limit} ports in EgressIgnoredPorts, and ignore the others by address.",
    see: Rule.Source.plugin)
  private static let notAnAddress = Rule.error(
    "not-an-address",
    "'{value}' in EgressIgnoredIPs is not an IP address or CIDR block, so the task cannot start.",
    fix: "Write addresses or blocks such as 10.0.0.0/16, with commas between them.",
    see: Rule.Source.plugin)
  private static let envoyPortAsAppPort = Rule.error(
    "envoy-port-as-app-port",
    "AppPorts names port {port}, where Envoy itself listens, so its traffic would loop.",
    fix: "Name only ports of applications in AppPorts.", see: Rule.Source.proxy)
  private static let efsPort = Rule.error(
    "efs-port",
    "The task mounts an EFS volume before Envoy listens, but port {port} is redirected to Envoy, so "
      + "the task cannot start.",
    fix: "Add {port} to EgressIgnoredPorts.",
    see: "https://github.com/aws/aws-app-mesh-roadmap/issues/220")
}
