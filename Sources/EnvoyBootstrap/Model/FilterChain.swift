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

/// The connections that a chain is for.
///
/// Envoy decides by port, server name, transport and protocol, in this order, and never goes back:
/// a connection to a port that any chain names only goes to chains that name it, and so on.
public struct FilterChainMatch: Hashable, Sendable {
  public enum TransportProtocol: String, Hashable, Sendable {
    /// What the TLS inspector did not find to be TLS.
    case rawBuffer = "raw_buffer"
    case tls
  }

  /// The original destination port.
  public var destinationPort: PortNumber?
  /// TLS server names, as the TLS inspector found them.
  public var serverNames: [String]
  public var transportProtocol: TransportProtocol?
  /// Only what the HTTP inspector found to be HTTP. What TLS clients offer by ALPN goes by the same
  /// names, so a listener with a TLS inspector needs ``transportProtocol`` too.
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

  /// What the HTTP inspector calls HTTP/1.0, HTTP/1.1 and HTTP/2 without TLS.
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

/// Which chain a connection goes to, where one chain serves several ports: a ``FilterChainMatch``
/// names one port only.
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

  /// The chain of connections that the HTTP inspector found to be HTTP, whatever their port;
  /// `nil`: there is no inspector.
  public var httpChain: String?
  /// Ports with a chain of their own. Without any, there must be an ``httpChain``.
  public var ports: [Port]
  /// The chain of all other ports; `nil`: connections to them are closed.
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
    // The input is the list of protocols, each in quotes.
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

/// Notes for each connection the name of the cluster that serves the port which the client dialled:
/// ``prefix`` and the port. ``TCPProxy`` goes there, and ``Route/Match/destinationCluster(_:)``
/// matches it, so that one filter chain serves any number of ports.
public struct DestinationCluster: Hashable, Sendable {
  public var prefix: String

  public init(prefix: String) { self.prefix = prefix }

  /// The key that the TCP proxy reads, in preference to its own cluster
  /// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/advanced/well_known_filter_state>).
  static let key = "envoy.tcp_proxy.cluster"

  var json: JSONValue {
    let text = JSONValue.string(prefix + "%DOWNSTREAM_LOCAL_PORT%")
    return .typedExtension(
      "envoy.filters.network.set_filter_state",
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
