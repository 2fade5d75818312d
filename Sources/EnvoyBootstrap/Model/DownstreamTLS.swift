internal import LosslessJSON

/// TLS from the clients of a ``FilterChain``.
public struct DownstreamTLS: Hashable, Sendable {
  public var context: CommonTLSContext
  public var requiresClientCertificate: Bool

  public init(context: CommonTLSContext, requiresClientCertificate: Bool = false) {
    self.context = context
    self.requiresClientCertificate = requiresClientCertificate
  }

  var json: JSONValue {
    .typedExtension(
      "envoy.transport_sockets.tls",
      .message(
        "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
        [
          "require_client_certificate": requiresClientCertificate ? true : nil,
          "common_tls_context": context.json,
        ]))
  }
}
