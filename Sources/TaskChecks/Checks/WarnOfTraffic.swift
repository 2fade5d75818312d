import LosslessJSON
package import TaskDefinitions

/// Traffic that Envoy does not see, or can't serve.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/troubleshooting-connectivity.html>
package struct WarnOfTraffic: Check {
  package static let name = "warn-of-traffic"
  package static let summary = "UDP, protocols in which the server speaks first, HTTP proxies"

  package let proxy: ProxyConfiguration

  /// SMTP, SQL Server, MySQL: Envoy waits for the client to say what it speaks.
  private static let serverFirst = [
    25: "SMTP", 465: "SMTP", 587: "SMTP", 1433: "SQL Server", 3306: "MySQL",
  ]
  private static let proxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"]

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for port in proxy.ports(.appPorts) {
      guard let service = Self.serverFirst[port] else { continue }
      findings.add(.serverFirst(port, service), at: proxy[.appPorts]?.node, in: task.document)
    }
    for container in task.applicationContainers {
      let name = task.name(of: container)
      for mapping in task.list(.portMappings, of: container)
      where task.transport(of: mapping) == .udp {
        guard let port = task.integer(.containerPort, of: mapping) else { continue }
        findings.add(.udp(name, port), at: mapping, in: task.document)
      }
      for variable in task.variables(of: container)
      where Self.proxyVariables.contains(variable.name) && !variable.value.isEmpty {
        findings.add(.httpProxy(name, variable.name), at: variable.node, in: task.document)
      }
    }
    if task.text(.pidMode) == "task" {
      findings.add(.sharedProcesses, at: task.node(.pidMode), in: task.document)
    }
  }
}

extension Message {
  fileprivate static func serverFirst(_ port: Int, _ service: String) -> Self {
    Self(
      .serverFirstPort,
      "port \(port) is \(service)'s, in which the server speaks first: "
        + "Envoy waits in vain for the client")
  }
  fileprivate static func udp(_ name: String, _ port: Int) -> Self {
    Self(
      .udpPort,
      "UDP port \(port) of container '\(name)' goes past Envoy: only TCP is redirected")
  }
  fileprivate static func httpProxy(_ name: String, _ variable: String) -> Self {
    Self(
      .httpProxyVariable,
      "\(variable) sends the requests of container '\(name)' to an HTTP proxy, "
        + "so they do not reach Envoy as they are")
  }
  fileprivate static let sharedProcesses = Self(.sharedProcesses)
}
