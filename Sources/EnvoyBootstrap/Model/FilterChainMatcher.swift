internal import LosslessJSON

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
