internal import LosslessJSON

/// TLS to a cluster whose certificate must be valid for its server name.
public struct UpstreamTLS: Hashable, Sendable {
  /// The server name indication, and the name that the certificate must carry.
  public var sni: String
  /// A PEM file inside Envoy's container.
  public var trustedCA: String
  public var alpnProtocols: [String]

  public init(sni: String, trustedCA: String, alpnProtocols: [String]) {
    self.sni = sni
    self.trustedCA = trustedCA
    self.alpnProtocols = alpnProtocols
  }

  var json: JSONValue {
    .typedExtension(
      "envoy.transport_sockets.tls",
      .message(
        "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
        [
          "sni": .string(sni),
          "auto_sni_san_validation": true,
          "common_tls_context": [
            "alpn_protocols": .strings(alpnProtocols),
            "validation_context": ["trusted_ca": ["filename": .string(trustedCA)]],
          ],
        ]))
  }
}
