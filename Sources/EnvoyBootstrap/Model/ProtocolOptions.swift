internal import LosslessJSON

/// The HTTP/1 and HTTP/2 options for clients and for servers.
///
/// They turn off changes that Envoy makes by default, so that an application does not notice Envoy
/// between itself and its peer. They also limit the memory that one peer can make Envoy use.
enum ProtocolOptions {
  /// The maximum number of headers in a message. With Envoy's default of 100, it answers 431 to requests
  /// that servers accept.
  static let maxHeaders = 1000

  /// The maximum size of a message's headers. Envoy's default is 60 KiB. Go's servers accept 1 MiB,
  /// Node.js 16 KiB. Every connection with incomplete headers can occupy this much.
  static let maxHeadersKiB = 256

  /// The amount of data that a stream and a connection buffer if the receiver is slow. With Envoy's default
  /// windows of 16 MiB, 25 clients can fill 592 MiB.
  private static let streamWindow = 65_536
  private static let connectionWindow = 1_048_576

  /// The windows for servers outside the task, which limit how much a stream can transfer in one round trip.
  /// The application chose these peers, and a smaller window slows down distant ones.
  private static let remoteStreamWindow = 1_048_576
  private static let remoteConnectionWindow = 16_777_216

  private static let maxStreams = 100

  /// Bytes that Envoy buffers for one connection in each direction.
  static let bufferBytes = 65_536

  /// Extended CONNECT allows WebSockets over HTTP/2 (RFC 8441).
  static let http2Server: JSONValue = [
    "max_concurrent_streams": .integer(maxStreams),
    "initial_stream_window_size": .integer(streamWindow),
    "initial_connection_window_size": .integer(connectionWindow),
    "allow_connect": true,
  ]

  static func http2Client(isLocal: Bool) -> JSONValue {
    [
      "initial_stream_window_size": .integer(isLocal ? streamWindow : remoteStreamWindow),
      "initial_connection_window_size": .integer(
        isLocal ? connectionWindow : remoteConnectionWindow),
      "allow_connect": true,
    ]
  }

  /// Preserves the case of header names, reason phrases and trailers.
  static let http1Client = JSONValue.object(http1Members)

  /// - Parameter acceptsHTTP10: see ``HTTPConnectionManager/acceptsHTTP10``.
  static func http1Server(acceptsHTTP10: Bool) -> JSONValue {
    let http10 = JSONValue.fields([
      "accept_http_10": acceptsHTTP10 ? true : nil,
      "default_host_for_http_10": acceptsHTTP10 ? "localhost" : nil,
      // Apache's HttpClient offers an upgrade to TLS with every request. Envoy rejects upgrades that it does
      // not know, while the server would ignore the offer.
      "ignore_http_11_upgrade": [["prefix": "TLS/", "ignore_case": true]],
    ])
    return .object((http10.object ?? []) + http1Members)
  }

  private static let http1Members: [JSONValue.Member] = [
    .init(
      "header_key_format",
      [
        "stateful_formatter": .typedExtension(
          "preserve_case",
          .message(
            "envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig",
            ["forward_reason_phrase": true]))
      ]),
    .init("enable_trailers", true),
  ]
}
