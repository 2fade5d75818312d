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
