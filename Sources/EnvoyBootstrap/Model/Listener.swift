internal import LosslessJSON

/// A socket that Envoy accepts connections on.
public struct Listener: Hashable, Sendable {
  /// The direction of requests, seen from the application. It decides between server and client spans.
  public enum TrafficDirection: String, Hashable, Sendable {
    case inbound = "INBOUND"
    case outbound = "OUTBOUND"
  }

  public var name: String
  public var address: SocketAddress
  public var additionalAddresses: [SocketAddress] = []
  /// The listener's name in statistics. `nil` means its address.
  public var statPrefix: String?
  public var trafficDirection: TrafficDirection
  /// Whether connections do not count towards ``OverloadLimits/maxDownstreamConnections``, and are
  /// accepted beyond it.
  public var ignoresConnectionLimit = false
  public var listenerFilters: [ListenerFilter]
  /// Selects a filter chain instead of the chains' own matches. If `nil`, the chains' matches are used.
  public var filterChainMatcher: FilterChainMatcher?
  public var filterChains: [FilterChain]
  /// The chain for connections that no other chain matches. If `nil`, Envoy closes them.
  public var defaultFilterChain: FilterChain?

  public init(
    name: String,
    address: SocketAddress,
    trafficDirection: TrafficDirection,
    listenerFilters: [ListenerFilter] = [],
    filterChainMatcher: FilterChainMatcher? = nil,
    filterChains: [FilterChain],
    defaultFilterChain: FilterChain? = nil
  ) {
    self.name = name
    self.address = address
    self.trafficDirection = trafficDirection
    self.listenerFilters = listenerFilters
    self.filterChainMatcher = filterChainMatcher
    self.filterChains = filterChains
    self.defaultFilterChain = defaultFilterChain
  }

  /// How long a listener filter waits for the client's first bytes. After that, the connection is treated
  /// as one where the server speaks first.
  ///
  /// Longer than Linux's shortest retransmission timeout (200 ms), so that one lost packet does not turn
  /// HTTP into TCP, but short enough not to delay the greeting of a server that speaks first for long.
  static let listenerFiltersTimeout = Duration.milliseconds(500)

  var json: JSONValue {
    let waits = listenerFilters.contains { $0.waitsForData }
    return .fields([
      "name": .string(name),
      "address": address.json,
      "additional_addresses": additionalAddresses.ifNotEmpty {
        .array($0.map { ["address": $0.json] })
      },
      "stat_prefix": statPrefix.map { .string($0) },
      "per_connection_buffer_limit_bytes": .integer(ProtocolOptions.bufferBytes),
      // Without an idle timeout, only this closes the connection of a client that has died.
      "tcp_keepalive": ["keepalive_time": .integer(Cluster.tcpKeepaliveSeconds)],
      "ignore_global_conn_limit": ignoresConnectionLimit ? true : nil,
      "traffic_direction": .string(trafficDirection.rawValue),
      "listener_filters": listenerFilters.ifNotEmpty { .array($0.map(\.json)) },
      "listener_filters_timeout": waits ? .duration(Self.listenerFiltersTimeout) : nil,
      "continue_on_listener_filters_timeout": waits ? true : nil,
      "filter_chain_matcher": filterChainMatcher?.json,
      "filter_chains": filterChains.ifNotEmpty { .array($0.map(\.json)) },
      "default_filter_chain": defaultFilterChain?.json,
    ])
  }
}

/// Detects properties of a connection before Envoy selects the filter chain.
public enum ListenerFilter: Hashable, Sendable {
  /// Restores the address that the client dialed before iptables redirected it.
  case originalDst
  /// On connections to these ports, detects TLS and its server name indication.
  case tlsInspector(PortSet)
  /// On connections to these ports, detects HTTP and its version.
  case httpInspector(PortSet)

  /// Whether the filter waits for bytes of the client, which arrive late if the server speaks first.
  var waitsForData: Bool { self != .originalDst }

  var json: JSONValue {
    switch self {
    case .originalDst:
      .typedExtension(
        "original_dst",
        .message("envoy.extensions.filters.listener.original_dst.v3.OriginalDst"))
    case .tlsInspector(let ports):
      Self.inspector(
        "tls_inspector",
        "envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector", ports)
    case .httpInspector(let ports):
      Self.inspector(
        "http_inspector",
        "envoy.extensions.filters.listener.http_inspector.v3.HttpInspector", ports)
    }
  }

  private static func inspector(_ name: String, _ type: String, _ ports: PortSet) -> JSONValue {
    .fields([
      "name": .string(name),
      "typed_config": .message(type),
      "filter_disabled": ports.complement,
    ])
  }
}

/// A set of original destination ports.
public enum PortSet: Hashable, Sendable {
  case only(Set<UInt16>)
  case allExcept(Set<UInt16>)

  /// A predicate that holds for every connection to a port outside of this set, or `nil` if none exists.
  var complement: JSONValue? {
    switch self {
    case .only(let ports): Self.anyOf(ports).map { ["not_match": $0] } ?? ["any_match": true]
    case .allExcept(let ports): Self.anyOf(ports)
    }
  }

  private static func anyOf(_ ports: Set<UInt16>) -> JSONValue? {
    // Tuples, because the metadata of an array of ranges costs a start 120,000 instructions.
    var ranges: [(start: Int, end: Int)] = []
    for port in ports.sorted().map(Int.init) {
      if ranges.last?.end == port {
        ranges[ranges.count - 1].end = port + 1
      } else {
        ranges.append((port, port + 1))
      }
    }
    let rules = ranges.map { range -> JSONValue in
      // The end of a range is exclusive.
      ["destination_port_range": ["start": .integer(range.start), "end": .integer(range.end)]]
    }
    // `or_match` needs at least two rules.
    return rules.count > 1 ? ["or_match": ["rules": .array(rules)]] : rules.first
  }
}
