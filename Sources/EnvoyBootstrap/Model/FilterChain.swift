internal import LosslessJSON

/// What is done with the connections that match.
public struct FilterChain: Hashable, Sendable {
  public var name: String
  public var match: FilterChainMatch
  public var filter: NetworkFilter

  public init(name: String, match: FilterChainMatch = .init(), filter: NetworkFilter) {
    self.name = name
    self.match = match
    self.filter = filter
  }

  var json: JSONValue {
    .fields([
      "name": .string(name), "filter_chain_match": match.json, "filters": [filter.json],
    ])
  }
}

/// The filter that ends a chain.
public enum NetworkFilter: Hashable, Sendable {
  case httpConnectionManager(HTTPConnectionManager)
  case tcpProxy(TCPProxy)

  var json: JSONValue {
    switch self {
    case .httpConnectionManager(let manager): manager.json
    case .tcpProxy(let proxy): proxy.json
    }
  }
}
