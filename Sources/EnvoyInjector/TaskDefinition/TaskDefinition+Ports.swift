import LosslessJSON

extension TaskDefinition {
  /// The TCP ports of the application containers, each once, in their order.
  func applicationPorts(_ findings: inout Findings) -> [Int] {
    var ports: [Int] = []
    for container in applicationContainers {
      for mapping in list(.portMappings, of: container) {
        guard (text(.protocol, of: mapping) ?? TransportProtocol.tcp) == TransportProtocol.tcp
        else { continue }
        for port in containerPorts(of: mapping, &findings) where !ports.contains(port) {
          ports.append(port)
        }
      }
    }
    return ports
  }

  private func containerPorts(of mapping: NodeID, _ findings: inout Findings) -> [Int] {
    if let port = integer(.containerPort, of: mapping) {
      guard (1...65535).contains(port) else {
        findings.add(.noPort(String(port)), at: node(.containerPort, of: mapping), in: document)
        return []
      }
      return [port]
    }
    guard let range = text(.containerPortRange, of: mapping) else { return [] }
    let bounds = range.split(separator: "-").map { Int($0) ?? 0 }
    guard bounds.count == 2, bounds[0] >= 1, bounds[0] <= bounds[1], bounds[1] <= 65535 else {
      findings.add(.noPort(range), at: node(.containerPortRange, of: mapping), in: document)
      return []
    }
    return Array(bounds[0]...bounds[1])
  }
}

extension Finding.Message {
  fileprivate static func noPort(_ text: String) -> Self {
    Self(
      .notAPort, "'\(text)' is no port that traffic could be redirected from")
  }
}
