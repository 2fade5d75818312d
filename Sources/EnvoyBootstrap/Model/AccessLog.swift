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
