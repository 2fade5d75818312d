internal import LosslessJSON

/// The filters for connections that match.
public struct FilterChain: Hashable, Sendable {
  public var name: String
  public var match: FilterChainMatch
  public var filters: [NetworkFilter]
  /// `nil` if the connections have no TLS, or Envoy does not terminate it.
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

/// A filter for the bytes of a connection. The last filter of a chain is a terminal filter.
public enum NetworkFilter: Hashable, Sendable {
  case connectionLimit(ConnectionLimit)
  case destinationCluster(DestinationCluster)
  case httpConnectionManager(HTTPConnectionManager)
  case tcpProxy(TCPProxy)

  var json: JSONValue {
    switch self {
    case .connectionLimit(let limit): limit.json
    case .destinationCluster(let cluster): cluster.json
    case .httpConnectionManager(let manager): manager.json
    case .tcpProxy(let proxy): proxy.json
    }
  }
}

/// The condition that selects a filter chain.
///
/// Envoy compares port, server name, transport and protocol, in this order, and never backtracks: if any
/// chain names the port of a connection, only chains that name it are candidates, and so on.
public struct FilterChainMatch: Hashable, Sendable {
  public enum TransportProtocol: String, Hashable, Sendable {
    /// Connections that the TLS inspector did not detect as TLS.
    case rawBuffer = "raw_buffer"
    case tls
  }

  /// The original destination port.
  public var destinationPort: PortNumber?
  /// TLS server names, as the TLS inspector found them.
  public var serverNames: [String]
  public var transportProtocol: TransportProtocol?
  /// Matches only connections that the HTTP inspector detected as HTTP. ALPN of TLS clients uses the same
  /// names, so a listener with a TLS inspector needs ``transportProtocol`` as well.
  public var isHTTP: Bool

  public init(
    destinationPort: UInt16? = nil,
    serverNames: [String] = [],
    transportProtocol: TransportProtocol? = nil,
    isHTTP: Bool = false
  ) {
    self.destinationPort = destinationPort.map(PortNumber.known)
    self.serverNames = serverNames
    self.transportProtocol = transportProtocol
    self.isHTTP = isHTTP
  }

  /// The names that the HTTP inspector uses for HTTP/1.0, HTTP/1.1 and HTTP/2 without TLS.
  static let httpProtocols = ["http/1.0", "http/1.1", "h2c"]

  var json: JSONValue? {
    guard self != FilterChainMatch() else { return nil }
    return .fields([
      "destination_port": destinationPort?.json,
      "server_names": serverNames.ifNotEmpty(JSONValue.strings),
      "transport_protocol": transportProtocol.map { .string($0.rawValue) },
      "application_protocols": isHTTP ? .strings(Self.httpProtocols) : nil,
    ])
  }
}

/// Selects a filter chain where one chain serves several ports. A ``FilterChainMatch`` can name only one
/// port.
///
/// - SeeAlso:
///   <https://www.envoyproxy.io/docs/envoy/v1.40.0/intro/arch_overview/advanced/matching/matching_listener>
public struct FilterChainMatcher: Hashable, Sendable {
  public struct Port: Hashable, Sendable {
    /// The original destination port.
    public var number: PortNumber
    public var chain: String

    public init(_ number: PortNumber, chain: String) {
      self.number = number
      self.chain = chain
    }
  }

  /// The chain for connections on any port that the HTTP inspector detected as HTTP, or `nil` if the
  /// listener has no such inspector.
  public var httpChain: String?
  /// Ports that have their own chain. If empty, ``httpChain`` must be set.
  public var ports: [Port]
  /// The chain for all other ports. If `nil`, Envoy closes connections to them.
  public var otherChain: String?

  public init(httpChain: String? = nil, ports: [Port], otherChain: String? = nil) {
    self.httpChain = httpChain
    self.ports = ports
    self.otherChain = otherChain
  }

  var json: JSONValue {
    let byPort = Self.tree(
      "DestinationPortInput", ports.map { ($0.number.text, $0.chain) },
      orElse: otherChain.map(Self.action))
    guard let httpChain else { return byPort }
    // The input is the list of detected protocols, each in quotes.
    return Self.tree(
      "ApplicationProtocolInput", FilterChainMatch.httpProtocols.map { ("'\($0)'", httpChain) },
      orElse: ports.isEmpty ? otherChain.map(Self.action) : ["matcher": byPort])
  }

  private static func tree(
    _ input: String, _ chains: [(String, String)], orElse: JSONValue?
  ) -> JSONValue {
    let type = "envoy.extensions.matching.common_inputs.network.v3." + input
    return .fields([
      "matcher_tree": [
        "input": .typedExtension(input, .message(type)),
        "exact_match_map": ["map": .object(chains.map { .init($0.0, action($0.1)) })],
      ],
      "on_no_match": orElse,
    ])
  }

  private static func action(_ chain: String) -> JSONValue {
    let name = JSONValue.message("google.protobuf.StringValue", ["value": .string(chain)])
    return ["action": .typedExtension("chain", name)]
  }
}

/// Records for each connection the name of the cluster for the port that the client dialed, which is
/// ``prefix`` followed by the port. ``TCPProxy`` uses that cluster, and ``Route/Match/destinationCluster(_:)``
/// matches it, so that one filter chain can serve any number of ports.
public struct DestinationCluster: Hashable, Sendable {
  public var prefix: String

  public init(prefix: String) { self.prefix = prefix }

  /// The key that the TCP proxy reads. It takes precedence over the proxy's own cluster
  /// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/advanced/well_known_filter_state>).
  static let key = "envoy.tcp_proxy.cluster"

  var json: JSONValue {
    let text = JSONValue.string(prefix + "%DOWNSTREAM_LOCAL_PORT%")
    return .typedExtension(
      "set_filter_state",
      .message(
        "envoy.extensions.filters.network.set_filter_state.v3.Config",
        [
          "on_new_connection": [
            [
              "object_key": .string(Self.key),
              "format_string": ["text_format_source": ["inline_string": text]],
            ]
          ]
        ]))
  }
}

/// Closes connections of the chain that are more than a number.
public struct ConnectionLimit: Hashable, Sendable {
  public var statPrefix: String
  public var maxConnections: Int

  public init(statPrefix: String, maxConnections: Int) {
    self.statPrefix = statPrefix
    self.maxConnections = maxConnections
  }

  var json: JSONValue {
    .typedExtension(
      "envoy.filters.network.connection_limit",
      .message(
        "envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit",
        ["stat_prefix": .string(statPrefix), "max_connections": .integer(maxConnections)]))
  }
}
