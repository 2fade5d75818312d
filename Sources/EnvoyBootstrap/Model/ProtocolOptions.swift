internal import LosslessJSON

/// The options of HTTP/1 and HTTP/2 that both sides of Envoy share.
///
/// They keep what Envoy would change by default, so that an application cannot tell that Envoy
/// stands between it and its peer, and they bound what one peer can make Envoy hold.
enum ProtocolOptions {
  /// Headers of one message. Envoy's default of 100 answers 431 to requests that servers accept.
  static let maxHeaders = 1000

  /// Size of the headers of one message. Envoy's default is 60 KiB; Go's servers take 1 MiB,
  /// Node.js's 16 KiB. Every connection that has not sent a whole head may hold this much.
  static let maxHeadersKiB = 256

  /// Data that a stream and a connection may hold when the receiver is slow. Envoy's default windows of
  /// 16 MiB let 25 clients fill 592 MiB.
  private static let streamWindow = 65_536
  private static let connectionWindow = 1_048_576

  /// The windows for servers outside of the task: what one stream may carry in a round trip. The
  /// peers are those that the application chose, and a smaller window slows distant ones down.
  private static let remoteStreamWindow = 1_048_576
  private static let remoteConnectionWindow = 16_777_216

  private static let maxStreams = 100

  /// Bytes that Envoy buffers for one connection in each direction.
  static let bufferBytes = 65_536

  /// HTTP/2 lets WebSockets through (RFC 8441).
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

  /// Names keep their case, the reason phrase and trailers stay.
  static let http1Client = JSONValue.object(http1Members)

  /// - Parameter acceptsHTTP10: ``HTTPConnectionManager/acceptsHTTP10``
  static func http1Server(acceptsHTTP10: Bool) -> JSONValue {
    let http10 = JSONValue.fields([
      "accept_http_10": acceptsHTTP10 ? true : nil,
      "default_host_for_http_10": acceptsHTTP10 ? "localhost" : nil,
      // Apache's HttpClient offers an upgrade to TLS with every request. Envoy refuses what it does
      // not know; the server would ignore the offer.
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
