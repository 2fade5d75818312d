internal import LosslessJSON

/// A line for every request, or for every connection.
public struct AccessLog: Hashable, Sendable {
  public enum Sink: Hashable, Sendable {
    /// Not the file logger: opening `/dev/stdout` fails where the user does not own it.
    case standardOutput
    case standardError
    /// A path inside Envoy's container.
    case file(String)
  }

  public struct Field: Hashable, Sendable {
    public var key: String
    /// Text with command operators such as `%RESPONSE_CODE%`
    /// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/observability/access_log/usage>).
    public var value: String

    public init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  public enum Format: Hashable, Sendable {
    /// Text with command operators. Envoy adds no line end.
    case text(String)
    case json([Field], omitsEmptyValues: Bool)
  }

  public var sink: Sink
  /// `nil`: Envoy's own text.
  public var format: Format?

  public init(_ sink: Sink, format: Format? = nil) {
    self.sink = sink
    self.format = format
  }

  var json: JSONValue {
    switch sink {
    case .standardOutput: stream("envoy.access_loggers.stdout", "StdoutAccessLog")
    case .standardError: stream("envoy.access_loggers.stderr", "StderrAccessLog")
    case .file(let path):
      .typedExtension(
        "envoy.access_loggers.file",
        .message(
          "envoy.extensions.access_loggers.file.v3.FileAccessLog",
          ["path": .string(path), "log_format": formatJSON]))
    }
  }

  private func stream(_ name: String, _ message: String) -> JSONValue {
    .typedExtension(
      name,
      .message(
        "envoy.extensions.access_loggers.stream.v3." + message, ["log_format": formatJSON]))
  }

  private var formatJSON: JSONValue? {
    switch format {
    case .text(let text): ["text_format_source": ["inline_string": .string(text)]]
    case .json(let fields, let omitsEmptyValues):
      .fields([
        "json_format": .object(fields.map { .init($0.key, .string($0.value)) }),
        "omit_empty_values": omitsEmptyValues ? true : nil,
      ])
    case nil: nil
    }
  }
}

/// One JSON line on standard output, with names of fields like those of Envoy's operators.
extension AccessLog {
  /// - Parameter traced: whether requests have a trace.
  static func requests(traced: Bool) -> AccessLog {
    standard(common + request + (traced ? trace : []))
  }

  static let connections = standard(common + connection)

  private static func standard(_ fields: [(String, String)]) -> AccessLog {
    AccessLog(
      .standardOutput,
      format: .json(fields.map { Field($0.0, "%" + $0.1 + "%") }, omitsEmptyValues: true))
  }

  /// Names of the fields and the operators that fill them
  /// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/observability/access_log/usage>).
  private static let common = [
    ("start_time", "START_TIME"),
    ("filter_chain", "FILTER_CHAIN_NAME"),
    ("response_flags", "RESPONSE_FLAGS"),
    ("bytes_received", "BYTES_RECEIVED"),
    ("bytes_sent", "BYTES_SENT"),
    ("duration_ms", "DURATION"),
    ("upstream_cluster", "UPSTREAM_CLUSTER"),
    ("upstream_host", "UPSTREAM_HOST"),
    ("upstream_transport_failure_reason", "UPSTREAM_TRANSPORT_FAILURE_REASON"),
    ("downstream_remote_address", "DOWNSTREAM_REMOTE_ADDRESS"),
  ]
  private static let request = [
    ("method", "REQ(:METHOD)"),
    ("authority", "REQ(:AUTHORITY)"),
    ("path", "REQ(:PATH)"),
    ("protocol", "PROTOCOL"),
    ("response_code", "RESPONSE_CODE"),
    ("response_code_details", "RESPONSE_CODE_DETAILS"),
    ("grpc_status", "GRPC_STATUS"),
    ("request_id", "REQ(X-REQUEST-ID)"),
    ("x_forwarded_for", "REQ(X-FORWARDED-FOR)"),
    ("user_agent", "REQ(USER-AGENT)"),
  ]
  private static let trace = [("trace_id", "TRACE_ID")]
  private static let connection = [
    ("downstream_local_address", "DOWNSTREAM_LOCAL_ADDRESS"),
    ("requested_server_name", "REQUESTED_SERVER_NAME"),
    ("connection_termination_details", "CONNECTION_TERMINATION_DETAILS"),
  ]
}
