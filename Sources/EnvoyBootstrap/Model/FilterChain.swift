internal import LosslessJSON

/// What is done with the connections that match.
public struct FilterChain: Hashable, Sendable {
  public var name: String
  public var match: FilterChainMatch
  public var filters: [NetworkFilter]
  /// `nil`: no TLS, or TLS that is passed on as it is.
  public var transportSocket: DownstreamTLS?

  public init(name: String, match: FilterChainMatch = .init(), filters: NetworkFilter...) {
    self.name = name
    self.match = match
    self.filters = filters
  }

  var json: JSONValue {
    .fields([
      "name": .string(name),
      "filter_chain_match": match.json,
      "filters": .array(filters.map(\.json)),
      "transport_socket": transportSocket?.json,
    ])
  }
}

/// What is done with a connection; the last filter of a chain ends it.
public enum NetworkFilter: Hashable, Sendable {
  case destinationCluster(DestinationCluster)
  case httpConnectionManager(HTTPConnectionManager)
  case tcpProxy(TCPProxy)

  var json: JSONValue {
    switch self {
    case .destinationCluster(let cluster): cluster.json
    case .httpConnectionManager(let manager): manager.json
    case .tcpProxy(let proxy): proxy.json
    }
  }
}
