import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions

/// What a task definition says that Envoy's configuration depends on.
extension TaskDefinition {
  /// The memory in MiB that the other containers leave to Envoy: the task's, less their limits, or
  /// less what they reserve where they have none. `nil` where the task has no limit, or where that is
  /// too little to run in: ``FitTaskSize`` reports it.
  ///
  /// - Parameter envoy: the container of Envoy, which is in the task already.
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

  /// The proxies in the applications' environment variables.
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

  /// Whether this is the name of such a variable. Few names have the length of one, so few become
  /// strings.
  private static func isProxy(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard (9...11).contains(name.count) else { return false }
    return proxyVariables.contains(String(decoding: name, as: UTF8.self).lowercased())
  }

  /// The port in `http://user:password@host:port/`. `nil` where there is none: clients differ in
  /// what they then take.
  private static func port(of address: String) -> UInt16? {
    let rest = address.split(separator: "://", maxSplits: 1).last ?? ""
    let authority = rest.split(separator: "/", maxSplits: 1).first ?? ""
    let host = authority.split(separator: "@").last ?? ""
    guard let colon = host.lastIndex(of: ":") else { return nil }
    return UInt16(host[host.index(after: colon)...])
  }
}

extension ServerSettings {
  /// The memory in KiB of a connection through Envoy on which nothing happens: a WebSocket, measured
  /// with 5,000 of them in Envoy 1.40. A connection over HTTP/1 that waits takes 34.
  static let connectionKiB = 50

  /// How many such connections fit the heap limit; `nil`: memory is not limited.
  var connectionsInMemory: Int? {
    memoryMiB.map { max(0, $0 * 4 / 5 - Self.leastMemoryMiB) * 1024 / Self.connectionKiB }
  }

  /// Fewer connections than an application with any traffic should have room for.
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
