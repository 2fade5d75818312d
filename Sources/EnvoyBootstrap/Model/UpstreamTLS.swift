internal import LosslessJSON

/// TLS to a cluster.
public struct UpstreamTLS: Hashable, Sendable {
  /// The server name indication, and the name that the certificate must carry; `nil`: there is no
  /// indication, and ``CertificateValidation`` says which names are accepted.
  public var sni: String?
  public var context: CommonTLSContext

  public init(sni: String? = nil, context: CommonTLSContext) {
    self.sni = sni
    self.context = context
  }

  var json: JSONValue {
    .typedExtension(
      "envoy.transport_sockets.tls",
      .message(
        "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
        [
          "sni": sni.map { .string($0) },
          "auto_sni_san_validation": sni == nil ? nil : true,
          "common_tls_context": context.json,
        ]))
  }
}
