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
