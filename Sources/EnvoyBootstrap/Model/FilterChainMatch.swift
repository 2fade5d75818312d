internal import LosslessJSON

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
  public var destinationPort: UInt16?
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
    self.destinationPort = destinationPort
    self.serverNames = serverNames
    self.transportProtocol = transportProtocol
    self.isHTTP = isHTTP
  }

  /// What the HTTP inspector calls HTTP/1.0, HTTP/1.1 and HTTP/2 without TLS.
  static let httpProtocols = ["http/1.0", "http/1.1", "h2c"]

  var json: JSONValue? {
    guard self != FilterChainMatch() else { return nil }
    return .fields([
      "destination_port": destinationPort.map { .integer(Int($0)) },
      "server_names": serverNames.ifNotEmpty(JSONValue.strings),
      "transport_protocol": transportProtocol.map { .string($0.rawValue) },
      "application_protocols": isHTTP ? .strings(Self.httpProtocols) : nil,
    ])
  }
}
