/// The access log of one Envoy: which requests and connections it has lines for, and the fields of a
/// line. Each line is one JSON object on standard output.
public struct AccessLogging: Hashable, Sendable {
  public enum Selection: Hashable, Sendable {
    case all
    /// Requests that failed or took a second: status 500 and above, failed gRPC calls, and those with
    /// a response flag of Envoy. TCP connections have no status, so only flags count for them.
    case errors
    /// Like `errors`, plus a random sample of everything.
    case sampled(perMillion: Int)
    case none
  }

  public var selection: Selection
  /// The fields of a line, in order, or `nil` for all that the direction and the protocol can fill.
  public var fields: [AccessLogField]?

  public init(_ selection: Selection = .errors, fields: [AccessLogField]? = nil) {
    self.selection = selection
    self.fields = fields
  }

  /// The access logs of an HTTP connection manager.
  ///
  /// - Parameter traced: whether requests have a trace, and so a request id.
  package func ofRequests(
    _ direction: Listener.TrafficDirection, traced: Bool = false
  ) -> [AccessLog] {
    let errors: [AccessLog.Filter] = [.serverErrors, .slow, .flagged, .failedCalls]
    let own: [AccessLogField] = direction == .inbound ? AccessLogField.client : []
    let standard = AccessLogField.common + AccessLogField.request + own
    return logs(
      fields?.filter { !$0.isOfConnections }
        ?? standard + (traced ? AccessLogField.trace : []), errors)
  }

  /// The access logs of a TCP proxy.
  ///
  /// - Parameter hasServerName: whether a TLS inspector reads the server name.
  package func ofConnections(
    _ direction: Listener.TrafficDirection, hasServerName: Bool = false
  ) -> [AccessLog] {
    let own: [AccessLogField] =
      direction == .inbound
      ? [.downstreamRemoteAddress] : hasServerName ? [.requestedServerName] : []
    return logs(
      fields?.filter { !$0.isOfRequests } ?? AccessLogField.common + own, [.flagged])
  }

  private func logs(_ fields: [AccessLogField], _ errors: [AccessLog.Filter]) -> [AccessLog] {
    let filter: AccessLog.Filter?
    switch selection {
    case .none: return []
    case .all: filter = nil
    case .errors: filter = .anyOf(errors)
    case .sampled(let perMillion): filter = .anyOf(errors + [.sampled(perMillion: perMillion)])
    }
    guard !fields.isEmpty else { return [] }
    let format = AccessLog.Format.json(
      fields.map { .init($0.rawValue, "%" + $0.command + "%") }, omitsEmptyValues: true)
    return [AccessLog(.standardOutput, format: format, filter: filter)]
  }
}

/// A field of an access log line, named like Envoy's command operator that fills it
/// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/observability/access_log/usage>).
public enum AccessLogField: String, CaseIterable, Hashable, Sendable {
  case startTime = "start_time"
  case filterChain = "filter_chain"
  case method, authority, path
  case requestProtocol = "protocol"
  case responseCode = "response_code"
  case responseCodeDetails = "response_code_details"
  case responseFlags = "response_flags"
  case grpcStatus = "grpc_status"
  case bytesReceived = "bytes_received"
  case bytesSent = "bytes_sent"
  case duration = "duration_ms"
  case requestDuration = "request_duration_ms"
  case responseDuration = "response_duration_ms"
  case upstreamCluster = "upstream_cluster"
  case upstreamHost = "upstream_host"
  case upstreamAttempts = "upstream_attempts"
  case upstreamTransportFailureReason = "upstream_transport_failure_reason"
  case downstreamRemoteAddress = "downstream_remote_address"
  case downstreamLocalAddress = "downstream_local_address"
  case forwardedFor = "x_forwarded_for"
  case userAgent = "user_agent"
  case requestID = "request_id"
  case traceID = "trace_id"
  case requestedServerName = "requested_server_name"
  case connectionID = "connection_id"
  case connectionTerminationDetails = "connection_termination_details"

  fileprivate var command: String {
    switch self {
    case .duration: "DURATION"
    case .requestDuration: "REQUEST_DURATION"
    case .responseDuration: "RESPONSE_DURATION"
    case .method: "REQ(:METHOD)"
    case .authority: "REQ(:AUTHORITY)"
    // Without the query, which may hold tokens.
    case .path: "PATH(NQ:PATH)"
    case .upstreamAttempts: "UPSTREAM_REQUEST_ATTEMPT_COUNT"
    case .forwardedFor: "REQ(X-FORWARDED-FOR)"
    case .userAgent: "REQ(USER-AGENT)"
    case .requestID: "REQ(X-REQUEST-ID)"
    case .filterChain: "FILTER_CHAIN_NAME"
    default: rawValue.uppercased()
    }
  }

  /// Whether only requests have this field.
  fileprivate var isOfRequests: Bool {
    switch self {
    case .method, .authority, .path, .requestProtocol, .responseCode, .responseCodeDetails,
      .grpcStatus, .requestDuration, .responseDuration, .upstreamAttempts, .forwardedFor,
      .userAgent, .requestID, .traceID:
      true
    default: false
    }
  }

  /// Whether only connections that Envoy passes on unchanged have this field.
  fileprivate var isOfConnections: Bool { self == .connectionTerminationDetails }

  fileprivate static let common: [AccessLogField] = [
    .startTime, .filterChain, .responseFlags, .bytesReceived, .bytesSent, .duration, .upstreamHost,
  ]
  fileprivate static let request: [AccessLogField] = [
    .upstreamCluster, .method, .authority, .path, .requestProtocol, .responseCode,
    .responseCodeDetails, .grpcStatus,
  ]
  /// Left out of outbound lines, where the client is the application itself.
  fileprivate static let client: [AccessLogField] = [
    .downstreamRemoteAddress, .forwardedFor, .userAgent,
  ]
  fileprivate static let trace: [AccessLogField] = [.requestID, .traceID]
}
