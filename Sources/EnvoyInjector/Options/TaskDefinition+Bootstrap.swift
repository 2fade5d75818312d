import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions

/// Facts of a task definition that Envoy's configuration depends on.
extension TaskDefinition {
  /// The memory in MiB that the other containers leave for Envoy: the task's memory minus their hard limits, or
  /// minus their reservations if they have no limit. `nil` if the task has no limit, or if the rest is too small
  /// to run Envoy, which ``FitTaskSize`` reports.
  ///
  /// - Parameter envoy: the container of Envoy, which is already in the task.
  func memoryLeft(for envoy: NodeID?) -> Int? {
    guard let memory = size.memory, let all = needs.memory else { return nil }
    let own = envoy.flatMap { integer(.memory, of: $0) ?? integer(.memoryReservation, of: $0) } ?? 0
    let left = memory - (all - own)
    return left < ServerSettings.leastMemoryMiB ? nil : left
  }

  /// A proxy that an application is configured to send its requests to.
  struct ForwardProxy {
    var variable: String
    var node: NodeID
    var port: UInt16
  }

  /// The proxies that environment variables of the applications name.
  func forwardProxies(of applications: [NodeID]) -> [ForwardProxy] {
    applications.flatMap { container in
      list(.environment, of: container).compactMap { variable in
        guard let name = node(.name, of: variable), document.isString(name, where: Self.isProxy),
          let port = text(.value, of: variable).flatMap(Self.port)
        else { return nil }
        return ForwardProxy(
          variable: document.string(name) ?? "", node: variable, port: port)
      }
    }
  }

  private static let proxyVariables = ["http_proxy", "https_proxy", "all_proxy"]

  /// Whether this is the name of a proxy variable. Compares lengths first, so that few names are converted to
  /// strings.
  private static func isProxy(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard (9...11).contains(name.count) else { return false }
    return proxyVariables.contains(String(decoding: name, as: UTF8.self).lowercased())
  }

  /// The port in `http://user:password@host:port/`. `nil` if it has none, because clients use different
  /// defaults.
  private static func port(of address: String) -> UInt16? {
    let rest = address.split(separator: "://", maxSplits: 1).last ?? ""
    let authority = rest.split(separator: "/", maxSplits: 1).first ?? ""
    let host = authority.split(separator: "@").last ?? ""
    guard let colon = host.lastIndex(of: ":") else { return nil }
    return UInt16(host[host.index(after: colon)...])
  }
}

extension ServerSettings {
  /// The memory of an idle connection through Envoy in KiB, measured with 5,000 WebSockets in Envoy 1.40. An idle
  /// HTTP/1 connection takes 34 KiB.
  static let connectionKiB = 50

  /// The number of such connections that fit into the heap limit, or `nil` if memory is not limited.
  var connectionsInMemory: Int? {
    memoryMiB.map { max(0, $0 * 4 / 5 - Self.leastMemoryMiB) * 1024 / Self.connectionKiB }
  }

  /// An application with any traffic should have room for at least this many connections.
  static let fewConnections = 1000

  func checkRoom(for task: TaskDefinition, _ findings: inout Findings) {
    guard let count = connectionsInMemory, count < Self.fewConnections, let memoryMiB else {
      return
    }
    findings.add(
      .fewConnections, ["memory": "\(memoryMiB)", "count": "\(count)"],
      at: task.node(.memory) ?? task.node(.containerDefinitions), in: task.document)
  }
}

extension Rule {
  static let fewConnections = warning(
    "few-connections",
    """
    Envoy has {memory} MiB, which is room for about {count} open connections: it takes \
    \(ServerSettings.leastMemoryMiB) MiB itself and \(ServerSettings.connectionKiB) KiB for each \
    connection, and leaves a fifth free. It refuses the connections after that.
    """,
    fix: """
      Give the task more memory, limit the other containers, or set \(.envoyMemory). 10,000 \
      connections need 700 MiB.
      """)
  static let proxyPort = warning(
    "proxy-port",
    """
    {variable} names a proxy on port {port}. Envoy passes connections to that port on as plain TCP, \
    so it neither logs the requests in them nor sends them to an upstream.
    """,
    fix: """
      Nothing, if the proxy is meant. Look for HTTP on that port with \(.egressHttpPort, "PORT"), or \
      remove the variable.
      """)
}
