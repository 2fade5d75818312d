package import LosslessJSON

/// A port on which an application takes traffic.
package struct ServedPort: Hashable, Sendable {
  /// `nil`: a template's function of which nobody knows what it comes to.
  package let number: Int?
  /// Text, or a template's function.
  package let spelling: JSONValue

  package init(_ number: Int) {
    self.number = number
    spelling = .string(String(number))
  }

  /// - Parameter number: what the function comes to by the template's defaults.
  package init(function: JSONValue, number: Int?) {
    self.number = number
    spelling = function
  }

  package var isFunction: Bool { spelling.string == nil }
}

extension TaskDefinition {
  /// The TCP ports of the application containers, each once, in their order.
  package func servedPorts(_ findings: inout Findings) -> [ServedPort] {
    var ports: [ServedPort] = []
    var seen = Set<Int>(minimumCapacity: ProxyConfiguration.maximumPorts)
    for container in containers where isApplication(container) {
      for mapping in list(.portMappings, of: container) {
        guard transport(of: mapping) == .tcp else { continue }
        if let function = portFunction(of: mapping) {
          if !ports.contains(function) { ports.append(function) }
        } else if let range = self.ports(of: mapping) {
          for port in range where seen.insert(port).inserted { ports.append(ServedPort(port)) }
        } else if let wrong = node(.containerPort, of: mapping) {
          findings.add(.noPort(document.value(wrong).compactText), at: wrong, in: document)
        } else if let wrong = node(.containerPortRange, of: mapping) {
          findings.add(.noPort(document.value(wrong).compactText), at: wrong, in: document)
        }
      }
    }
    return ports
  }

  /// How ECS publishes the port of a mapping.
  package func transport(of mapping: NodeID) -> TransportProtocol {
    TransportProtocol(word: text(.protocol, of: mapping))
  }

  /// The one port of a mapping; `nil` when it names a range, or none that exists.
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

  /// The ports of one mapping; `nil` when it names none that exist.
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

extension Message {
  fileprivate static func noPort(_ text: String) -> Self {
    Self(
      .notAPort, "\(text) is no port that traffic could be redirected from")
  }
}
