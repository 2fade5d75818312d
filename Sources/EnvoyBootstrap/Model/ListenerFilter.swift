internal import LosslessJSON

/// What Envoy finds out about a connection before it chooses the filter chain.
public enum ListenerFilter: Hashable, Sendable {
  /// The address that the client dialled, before iptables redirected it.
  case originalDst
  /// Whether the client speaks TLS, and its server name indication, on connections to these ports.
  case tlsInspector(PortSet)
  /// Whether the client speaks HTTP, and which version, on connections to these ports.
  case httpInspector(PortSet)

  /// Whether the filter needs bytes of the client, which come late if the server speaks first.
  var waitsForData: Bool { self != .originalDst }

  var json: JSONValue {
    switch self {
    case .originalDst:
      .typedExtension(
        "envoy.filters.listener.original_dst",
        .message("envoy.extensions.filters.listener.original_dst.v3.OriginalDst"))
    case .tlsInspector(let ports):
      Self.inspector(
        "envoy.filters.listener.tls_inspector",
        "envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector", ports)
    case .httpInspector(let ports):
      Self.inspector(
        "envoy.filters.listener.http_inspector",
        "envoy.extensions.filters.listener.http_inspector.v3.HttpInspector", ports)
    }
  }

  private static func inspector(_ name: String, _ type: String, _ ports: PortSet) -> JSONValue {
    .fields([
      "name": .string(name),
      "typed_config": .message(type),
      "filter_disabled": ports.complement,
    ])
  }
}
