package import LosslessJSON
package import TaskDefinitions

/// Finds traffic that bypasses Envoy, or that Envoy cannot serve.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/troubleshooting-connectivity.html>
package struct WarnAboutTraffic: Check {
  package static let name = "warn-of-traffic"
  package static let summary =
    "Warn about UDP, protocols in which the server speaks first, and HTTP proxies"

  package let proxy: ProxyConfiguration
  /// The containers that Envoy serves.
  package let applications: [NodeID]

  /// Ports of protocols in which the server speaks first. Envoy waits for the client to do so.
  private static let serverFirst = [
    25: "SMTP", 465: "SMTP", 587: "SMTP", 1433: "SQL Server", 3306: "MySQL",
  ]
  private static let proxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"]

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for port in proxy.ports(.appPorts) {
      guard let service = Self.serverFirst[port] else { continue }
      findings.add(
        Self.serverFirstPort, ["port": "\(port)", "service": service],
        at: proxy[.appPorts]?.node, in: task.document)
    }
    for container in applications {
      let name = task.name(of: container)
      for mapping in task.list(.portMappings, of: container)
      where task.transport(of: mapping) == .udp {
        guard let port = task.integer(.containerPort, of: mapping) else { continue }
        findings.add(
          Self.udpPort, ["port": "\(port)", "name": name], at: mapping, in: task.document)
      }
      for variable in task.variables(of: container)
      where Self.proxyVariables.contains(variable.name) && !variable.value.isEmpty {
        findings.add(
          Self.httpProxyVariable, ["variable": variable.name, "name": name], at: variable.node,
          in: task.document)
      }
    }
    if task.text(.pidMode) == "task" {
      findings.add(Self.sharedProcesses, at: task.node(.pidMode), in: task.document)
    }
  }
}

extension WarnAboutTraffic {
  package static let rules = [serverFirstPort, udpPort, httpProxyVariable, sharedProcesses]

  private static let serverFirstPort = Rule.warning(
    "server-first-port",
    "Port {port} is the port of {service}. The server speaks first in this protocol, so Envoy waits "
      + "for client data that never comes.",
    fix: "Remove it from AppPorts, and add it to EgressIgnoredPorts of its clients.",
    see: Rule.Source.connectivity)
  private static let udpPort = Rule.warning(
    "udp-port",
    "UDP port {port} of container '{name}' bypasses Envoy, because ECS redirects only TCP.",
    fix: "Protect it with a security group, or serve it over TCP.", see: Rule.Source.plugin)
  private static let httpProxyVariable = Rule.warning(
    "http-proxy-variable",
    "{variable} sends the requests of container '{name}' to an HTTP proxy, so Envoy does not see "
      + "their destinations.",
    fix: "Remove the variable, or exempt the mesh's names with NO_PROXY.",
    see: Rule.Source.connectivity)
  private static let sharedProcesses = Rule.warning(
    "shared-processes",
    "The containers see each other's processes, so an application can stop Envoy by mistake.",
    fix: #"Remove "pidMode": "task"."#, see: Rule.Source.taskDefinition)
}
