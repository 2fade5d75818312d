internal import LosslessJSON

/// The connections that a chain is for.
///
/// Envoy decides by the port first and never goes back: a connection to a port that any chain names
/// only goes to chains that name it.
public struct FilterChainMatch: Hashable, Sendable {
  /// The original destination port.
  public var destinationPort: UInt16?
  /// TLS server names, as the TLS inspector found them.
  public var serverNames: [String]
  /// Only what the HTTP inspector found to be HTTP.
  public var isHTTP: Bool

  public init(destinationPort: UInt16? = nil, serverNames: [String] = [], isHTTP: Bool = false) {
    self.destinationPort = destinationPort
    self.serverNames = serverNames
    self.isHTTP = isHTTP
  }

  /// What the HTTP inspector calls HTTP/1.0, HTTP/1.1 and HTTP/2 without TLS.
  private static let httpProtocols = ["http/1.0", "http/1.1", "h2c"]

  var json: JSONValue? {
    guard self != FilterChainMatch() else { return nil }
    return .fields([
      "destination_port": destinationPort.map { .integer(Int($0)) },
      "server_names": serverNames.ifNotEmpty(JSONValue.strings),
      // What TLS clients offer (ALPN) goes by the same names.
      "transport_protocol": isHTTP ? "raw_buffer" : nil,
      "application_protocols": isHTTP ? .strings(Self.httpProtocols) : nil,
    ])
  }
}
