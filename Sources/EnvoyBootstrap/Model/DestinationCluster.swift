internal import LosslessJSON

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
