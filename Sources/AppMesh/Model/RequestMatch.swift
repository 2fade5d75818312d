/// What a request must be like; everything that is given must hold.
public struct RequestMatch: Hashable, Sendable {
  public enum Path: Hashable, Sendable {
    case prefix(String)
    case exact(String)
    /// RE2, for the whole path.
    case regex(String)
  }

  /// `nil`: every path.
  public var path: Path?
  public var method: String?
  public var scheme: String?
  /// Of gRPC: a service's full name.
  public var grpcServiceName: String?
  /// Of gRPC, with ``grpcServiceName``.
  public var grpcMethodName: String?
  /// Headers, or metadata of gRPC.
  public var headers: [HeaderMatch] = []
  public var queryParameters: [QueryParameterMatch] = []
  /// Of gateways; `nil`: every host.
  public var hostname: HostnameMatch?
  /// The listener of the router or gateway; required where it has several.
  public var port: UInt16?

  public init() {}
}

public struct HeaderMatch: Hashable, Sendable {
  public enum Method: Hashable, Sendable {
    case exact(String)
    case prefix(String)
    case suffix(String)
    /// RE2, for the whole value.
    case regex(String)
    /// Whole numbers from `start` up to but without `end`.
    case range(start: Int, end: Int)
    /// The header is there, whatever it holds.
    case present
  }

  public var name: String
  public var method: Method
  /// Whether the header must not match.
  public var invert: Bool

  public init(name: String, method: Method, invert: Bool = false) {
    self.name = name
    self.method = method
    self.invert = invert
  }
}

public struct QueryParameterMatch: Hashable, Sendable {
  public var name: String
  /// `nil`: the parameter is there, whatever it holds.
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
