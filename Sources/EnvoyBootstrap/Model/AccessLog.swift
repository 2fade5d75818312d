internal import LosslessJSON

/// An access log, which has one line for each request or connection.
public struct AccessLog: Hashable, Sendable {
  public enum Sink: Hashable, Sendable {
    /// Envoy's stdout logger. The file logger cannot open `/dev/stdout` if the container's user does not own it.
    case standardOutput
    case standardError
    /// A path in Envoy's container.
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
    /// Text with command operators. Envoy does not append a newline.
    case text(String)
    case json([Field], omitsEmptyValues: Bool)
  }

  /// A condition on the requests and connections to log.
  public enum Filter: Hashable, Sendable {
    /// At least one of these conditions holds.
    case anyOf([Filter])
    /// The status is 500 or higher.
    case serverErrors
    /// The request took one second or longer.
    case slow
    /// Envoy set a response flag: no answer, no healthy endpoint, a reset, a timeout, and so on.
    case flagged
    /// The gRPC status is not OK.
    case failedCalls
    /// A random sample.
    case sampled(perMillion: Int)
  }

  public var sink: Sink
  /// `nil` means Envoy's default format.
  public var format: Format?
  public var filter: Filter?

  public init(_ sink: Sink, format: Format? = nil, filter: Filter? = nil) {
    self.sink = sink
    self.format = format
    self.filter = filter
  }

  var json: JSONValue {
    switch sink {
    case .standardOutput: stream("stdout", "StdoutAccessLog")
    case .standardError: stream("stderr", "StderrAccessLog")
    case .file(let path):
      logger(
        "file",
        .message(
          "envoy.extensions.access_loggers.file.v3.FileAccessLog",
          ["path": .string(path), "log_format": formatJSON]))
    }
  }

  private func stream(_ name: String, _ message: String) -> JSONValue {
    logger(
      name,
      .message(
        "envoy.extensions.access_loggers.stream.v3." + message, ["log_format": formatJSON]))
  }

  private func logger(_ name: String, _ configuration: JSONValue) -> JSONValue {
    .fields(["name": .string(name), "filter": filter?.json, "typed_config": configuration])
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

/// The runtime keys allow changing the limits while Envoy runs.
extension AccessLog.Filter {
  var json: JSONValue {
    switch self {
    case .anyOf(let filters):
      filters.count == 1
        ? filters[0].json : ["or_filter": ["filters": .array(filters.map(\.json))]]
    case .serverErrors: Self.atLeast("status_code_filter", 500, "access_log.status")
    case .slow: Self.atLeast("duration_filter", 1000, "access_log.duration_ms")
    case .flagged: ["response_flag_filter": [:]]
    case .failedCalls: Self.failedCallsJSON
    case .sampled(let perMillion):
      [
        "runtime_filter": [
          "runtime_key": "access_log.sampled",
          "percent_sampled": [
            "numerator": .integer(perMillion), "denominator": "MILLION",
          ],
          // Without this, the sample is determined by the request id.
          "use_independent_randomness": true,
        ]
      ]
    }
  }

  private static func atLeast(_ filter: String, _ value: Int, _ key: String) -> JSONValue {
    let limit: JSONValue = ["default_value": .integer(value), "runtime_key": .string(key)]
    return .object([.init(filter, ["comparison": ["op": "GE", "value": limit]])])
  }

  /// Matches gRPC calls only. Envoy's own gRPC status filter also matches requests that are not gRPC calls.
  private static let failedCallsJSON: JSONValue = [
    "and_filter": [
      "filters": [
        ["grpc_status_filter": ["statuses": ["OK"], "exclude": true]],
        [
          "header_filter": [
            "header": ["name": "content-type", "string_match": ["prefix": "application/grpc"]]
          ]
        ],
      ]
    ]
  ]
}
