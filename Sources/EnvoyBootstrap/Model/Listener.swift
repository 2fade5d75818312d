internal import LosslessJSON

/// A socket that Envoy accepts connections on.
public struct Listener: Hashable, Sendable {
  /// Which way requests go, seen from the application; it decides between server and client spans.
  public enum TrafficDirection: String, Hashable, Sendable {
    case inbound = "INBOUND"
    case outbound = "OUTBOUND"
  }

  public var name: String
  public var address: SocketAddress
  public var additionalAddresses: [SocketAddress] = []
  /// What statistics call the listener; `nil`: its address.
  public var statPrefix: String?
  public var trafficDirection: TrafficDirection
  public var listenerFilters: [ListenerFilter]
  /// Chooses among the chains in place of their own matches; `nil`: these choose.
  public var filterChainMatcher: FilterChainMatcher?
  public var filterChains: [FilterChain]
  /// What happens to connections that no other chain matches; `nil`: they are closed.
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

  /// How long a listener filter may wait for the client's first bytes before the connection is
  /// taken for one where the server speaks first.
  ///
  /// Longer than Linux's shortest retransmission time-out (200 ms), so that one lost packet does
  /// not turn HTTP into TCP; short enough for the greeting of a server that speaks first.
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
      // A client that has died must not hold its connection for ever: there is no idle time-out.
      "tcp_keepalive": ["keepalive_time": .integer(Cluster.tcpKeepaliveSeconds)],
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

/// What Envoy finds out about a connection before it chooses the filter chain.
public enum ListenerFilter: Hashable, Sendable {
  /// The address that the client dialled, before iptables redirected it.
  case originalDst
  /// Whether the client speaks TLS, and its server name indication, on connections to these ports.
  case tlsInspector(PortSet)
  /// Whether the client speaks HTTP, and which version, on connections to these ports.
  case httpInspector(PortSet)

  /// Whether the filter needs bytes of the client, which come late if the server speaks first.
  var waitsForData: Bool { self != .originalDst }

  var json: JSONValue {
    switch self {
    case .originalDst:
      .typedExtension(
        "envoy.filters.listener.original_dst",
        .message("envoy.extensions.filters.listener.original_dst.v3.OriginalDst"))
    case .tlsInspector(let ports):
      Self.inspector(
        "envoy.filters.listener.tls_inspector",
        "envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector", ports)
    case .httpInspector(let ports):
      Self.inspector(
        "envoy.filters.listener.http_inspector",
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

/// Original destination ports of connections.
public enum PortSet: Hashable, Sendable {
  case only(Set<UInt16>)
  case allExcept(Set<UInt16>)

  /// The predicate that holds for every connection to a port outside of this set; `nil`: for none.
  var complement: JSONValue? {
    switch self {
    case .only(let ports): Self.anyOf(ports).map { ["not_match": $0] } ?? ["any_match": true]
    case .allExcept(let ports): Self.anyOf(ports)
    }
  }

  private static func anyOf(_ ports: Set<UInt16>) -> JSONValue? {
    var ranges: [Range<Int>] = []
    for port in ports.sorted().map(Int.init) {
      if let last = ranges.last, last.upperBound == port {
        ranges[ranges.count - 1] = last.lowerBound..<port + 1
      } else {
        ranges.append(port..<port + 1)
      }
    }
    let rules = ranges.map { range -> JSONValue in
      // The end of a range is not part of it.
      [
        "destination_port_range": [
          "start": .integer(range.lowerBound), "end": .integer(range.upperBound),
        ]
      ]
    }
    // Envoy wants at least two rules in an `or_match`.
    return rules.count > 1 ? ["or_match": ["rules": .array(rules)]] : rules.first
  }
}
