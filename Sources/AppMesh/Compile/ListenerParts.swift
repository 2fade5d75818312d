internal import EnvoyBootstrap
internal import LosslessJSON

/// The parts that every listener of an Envoy is built from.
struct ListenerParts {
  let compilation: EnvoyCompilation
  private var profile: EnvoyCompilation.Profile { compilation.profile }

  /// - Parameter direction: ``EnvoyNames/ingress`` or ``EnvoyNames/egress``.
  func httpConnectionManager(
    _ direction: String, port: UInt16, _ virtualHosts: [VirtualHost]
  ) -> NetworkFilter {
    noteSharedDomains(virtualHosts)
    var manager = HTTPConnectionManager(
      statPrefix: direction, virtualHosts: virtualHosts, tracing: compilation.tracing,
      accessLogs: profile.logging?.ofRequests(
        trafficDirection(direction), traced: compilation.tracing != nil) ?? describedLogs)
    manager.routeConfigName = EnvoyNames.routeTable(direction, port)
    // The domains of virtual hosts include ports.
    manager.ignoresPortInHost = false
    manager.pathNormalization = .keepingEscapedSlashes
    manager.acceptsHTTP10 = false
    manager.proxies100Continue = false
    manager.streamIdleTimeout = nil
    manager.idleTimeout = nil
    return .httpConnectionManager(manager)
  }

  /// Reports domains that two virtual hosts share, regardless of case, because Envoy rejects them.
  private func noteSharedDomains(_ virtualHosts: [VirtualHost]) {
    var owners: [String: String] = [:]
    for host in virtualHosts {
      for domain in host.domains {
        guard let other = owners.updateValue(host.name, forKey: domain.lowercased()) else {
          continue
        }
        compilation.note(
          Problem(
            Self.sharedDomain, ["domain": domain, "one": other, "other": host.name],
            at: profile.origin))
      }
    }
  }

  func tcpProxy(
    _ direction: String, _ target: TCPProxy.Target, idleTimeout: Duration? = nil
  ) -> NetworkFilter {
    var proxy = TCPProxy(statPrefix: direction, target: target)
    proxy.idleTimeout = idleTimeout
    proxy.accessLogs =
      profile.logging?.ofConnections(trafficDirection(direction)) ?? describedLogs
    return .tcpProxy(proxy)
  }

  /// Also listens on IPv6 if the mesh or the node has an IP preference.
  func listener(
    _ direction: String, _ port: UInt16, isLocal: Bool, filters: [ListenerFilter],
    chains: [FilterChain], defaultChain: FilterChain? = nil
  ) -> Listener {
    var listener = Listener(
      name: EnvoyNames.listener(direction, port), address: isLocal ? .loopback(port) : .any(port),
      trafficDirection: trafficDirection(direction),
      listenerFilters: filters, filterChains: chains, defaultFilterChain: defaultChain)
    if profile.ipPreference != nil {
      listener.additionalAddresses = [.init(isLocal ? "::1" : "::", port)]
    }
    // App Mesh's listeners were on every address, and their address is part of the statistics' names.
    listener.statPrefix = isLocal ? "0.0.0.0_\(port)" : nil
    return listener
  }

  private func trafficDirection(_ direction: String) -> Listener.TrafficDirection {
    direction == EnvoyNames.ingress ? .inbound : .outbound
  }

  /// The access log that the mesh's description defines.
  private var describedLogs: [AccessLog] {
    guard let log = profile.accessLog else { return [] }
    let sink: AccessLog.Sink =
      switch log.path {
      case "/dev/stdout": .standardOutput
      case "/dev/stderr": .standardError
      default: .file(log.path)
      }
    let format: AccessLog.Format? =
      switch log.format {
      case .text(let text): .text(text)
      case .json(let fields):
        .json(fields.map { .init($0.key, $0.value) }, omitsEmptyValues: false)
      case nil: nil
      }
    return [AccessLog(sink, format: format)]
  }
}

extension RequestTimeout {
  /// The timeout of HTTP requests on each hop.
  static func perRequest(_ timeout: RequestTimeout?) -> Duration {
    timeout?.perRequest ?? MeshDefaults.requestTimeout
  }
}

extension PortProtocol {
  /// The HTTP version for a cluster, or `nil` for TCP.
  var upstreamVersion: Cluster.HTTPVersion? {
    switch self {
    case .http2, .grpc: .http2
    case .http: .http1
    case .tcp: nil
    }
  }
}

extension ListenerParts {
  static let rules = [sharedDomain]

  private static let sharedDomain = Rule.error(
    "shared-host",
    "Host '{domain}' would belong to '{one}' and to '{other}', which Envoy refuses.",
    fix: "Rename one of them, or use one host for both.")
}
