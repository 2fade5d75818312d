/// Conditions on a request. All conditions that are set must hold.
public struct RequestMatch: Hashable, Sendable {
  public enum Path: Hashable, Sendable {
    case prefix(String)
    case exact(String)
    /// An RE2 expression for the whole path.
    case regex(String)
  }

  /// `nil` means every path.
  public var path: Path?
  public var method: String?
  public var scheme: String?
  /// For gRPC: the full name of a service.
  public var grpcServiceName: String?
  /// For gRPC: a method of ``grpcServiceName``.
  public var grpcMethodName: String?
  /// Conditions on headers, or on gRPC metadata.
  public var headers: [HeaderMatch] = []
  public var queryParameters: [QueryParameterMatch] = []
  /// For gateways: the host, or `nil` for every host.
  public var hostname: HostnameMatch?
  /// The listener of the router or gateway. Required if it has several.
  public var port: UInt16?

  public init() {}
}

public struct HeaderMatch: Hashable, Sendable {
  public enum Method: Hashable, Sendable {
    case exact(String)
    case prefix(String)
    case suffix(String)
    /// An RE2 expression for the whole value.
    case regex(String)
    /// A whole number from `start` up to, but not including, `end`.
    case range(start: Int, end: Int)
    /// The header is present, with any value.
    case present
  }

  public var name: String
  public var method: Method
  /// Whether to match requests that do not meet the condition.
  public var invert: Bool

  public init(name: String, method: Method, invert: Bool = false) {
    self.name = name
    self.method = method
    self.invert = invert
  }
}

public struct QueryParameterMatch: Hashable, Sendable {
  public var name: String
  /// The value, or `nil` if any value matches.
  public var exact: String?

  public init(name: String, exact: String? = nil) {
    self.name = name
    self.exact = exact
  }
}

public enum HostnameMatch: Hashable, Sendable {
  case exact(String)
  case suffix(String)
}
