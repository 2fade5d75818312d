import LosslessJSON

extension TaskDefinition {
  /// The TCP ports of the application containers, each once, in their order.
  func applicationPorts(_ findings: inout Findings) -> [Int] {
    var ports: [Int] = []
    var seen: Set<Int> = []
    for container in applicationContainers {
      for mapping in list(.portMappings, of: container) {
        guard (text(.protocol, of: mapping) ?? TransportProtocol.tcp) == TransportProtocol.tcp
        else { continue }
        if let range = self.ports(of: mapping) {
          ports += range.filter { seen.insert($0).inserted }
        } else if let wrong = node(.containerPort, of: mapping) {
          findings.add(.noPort(document.value(wrong).compactText), at: wrong, in: document)
        } else if let wrong = node(.containerPortRange, of: mapping) {
          findings.add(.noPort(document.value(wrong).compactText), at: wrong, in: document)
        }
      }
    }
    return ports
  }

  /// The ports of one mapping; `nil` when it names none that exist.
  func ports(of mapping: NodeID) -> ClosedRange<Int>? {
    let all = 1...65535
    if node(.containerPort, of: mapping) != nil {
      guard let port = integer(.containerPort, of: mapping), all ~= port else { return nil }
      return port...port
    }
    let bounds = (text(.containerPortRange, of: mapping) ?? "")
      .split(separator: "-", omittingEmptySubsequences: false).compactMap { Int($0) }
    guard bounds.count == 2, all ~= bounds[0], all ~= bounds[1], bounds[0] <= bounds[1] else {
      return nil
    }
    return bounds[0]...bounds[1]
  }
}

extension Finding.Message {
  fileprivate static func noPort(_ text: String) -> Self {
    Self(
      .notAPort, "\(text) is no port that traffic could be redirected from")
  }
}
