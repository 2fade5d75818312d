package import LosslessJSON

/// A port on which an application accepts traffic.
package struct ServedPort: Hashable, Sendable {
  /// `nil` if the port is an intrinsic function that cannot be evaluated.
  package let number: Int?
  /// The port in the document: a string, or an intrinsic function.
  package let spelling: JSONValue

  package init(_ number: Int) {
    self.number = number
    spelling = .string(String(number))
  }

  /// - Parameter number: the function's value with the template's defaults.
  package init(function: JSONValue, number: Int?) {
    self.number = number
    spelling = function
  }

  package var isFunction: Bool { spelling.string == nil }
}

extension TaskDefinition {
  /// The distinct TCP ports of application containers, in document order.
  package func servedPorts(
    of applications: [NodeID], _ findings: inout Findings
  ) -> [ServedPort] {
    var ports: [ServedPort] = []
    var seen = Set<Int>(minimumCapacity: ProxyConfiguration.maximumPorts)
    for container in applications {
      for mapping in list(.portMappings, of: container) {
        guard transport(of: mapping) == .tcp else { continue }
        if let function = portFunction(of: mapping) {
          if !ports.contains(function) { ports.append(function) }
        } else if let range = self.ports(of: mapping) {
          for port in range where seen.insert(port).inserted { ports.append(ServedPort(port)) }
        } else if let wrong = node(.containerPort, of: mapping)
          ?? node(.containerPortRange, of: mapping)
        {
          findings.add(
            ServedPort.notAPort, ["port": document.value(wrong).compactText], at: wrong,
            in: document)
        }
      }
    }
    return ports
  }

  /// The transport protocol of a port mapping.
  package func transport(of mapping: NodeID) -> TransportProtocol {
    TransportProtocol(word: text(.protocol, of: mapping))
  }

  /// The single port of a mapping; `nil` if it names a range or an invalid port.
  package func servedPort(of mapping: NodeID) -> ServedPort? {
    if let function = portFunction(of: mapping) { return function }
    guard node(.containerPort, of: mapping) != nil else { return nil }
    return ports(of: mapping).map { ServedPort($0.lowerBound) }
  }

  private func portFunction(of mapping: NodeID) -> ServedPort? {
    guard place.values != nil, let port = node(.containerPort, of: mapping),
      place.isIntrinsic(port, in: document)
    else { return nil }
    return ServedPort(
      function: document.value(port), number: integer(.containerPort, of: mapping))
  }

  /// The ports of one mapping; `nil` if it names no valid port.
  package func ports(of mapping: NodeID) -> ClosedRange<Int>? {
    let all = 1...65535
    if let port = integer(.containerPort, of: mapping) { return all ~= port ? port...port : nil }
    if node(.containerPort, of: mapping) != nil { return nil }
    let bounds = (text(.containerPortRange, of: mapping) ?? "")
      .split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard bounds.count == 2, all ~= bounds[0], all ~= bounds[1], bounds[0] <= bounds[1] else {
      return nil
    }
    return bounds[0]...bounds[1]
  }
}

extension ServedPort {
  package static let rules = [notAPort]

  fileprivate static let notAPort = Rule.error(
    "not-a-port",
    "{port} is not a port number (1-65535), so ECS cannot redirect its traffic to Envoy.",
    fix: "Use a port from 1 to 65535, or a range such as 8000-8005.", see: Rule.Source.portMapping)
}
