/// A mesh of App Mesh. Its resources are sorted by name within each kind.
///
/// The names and limits are those of App Mesh's API, version 2019-01-25
/// (<https://docs.aws.amazon.com/app-mesh/latest/APIReference/API_Types.html>).
public struct Mesh: Hashable, Sendable {
  public enum EgressFilter: String, Hashable, Sendable, CaseIterable {
    /// Applications can reach every address.
    case allowAll = "ALLOW_ALL"
    /// Applications can reach only their backends and AWS's own APIs.
    case dropAll = "DROP_ALL"
  }

  public var name: String
  /// App Mesh's default is `DROP_ALL`.
  public var egressFilter = EgressFilter.dropAll
  public var ipPreference: IPPreference?
  public var virtualNodes: [VirtualNode] = []
  public var virtualServices: [VirtualService] = []
  public var virtualRouters: [VirtualRouter] = []
  public var virtualGateways: [VirtualGateway] = []

  public init(name: String) { self.name = name }
}

/// The addresses to use if a name has both IPv4 and IPv6 addresses.
public enum IPPreference: String, Hashable, Sendable, CaseIterable {
  case ipv6Preferred = "IPv6_PREFERRED"
  case ipv4Preferred = "IPv4_PREFERRED"
  case ipv4Only = "IPv4_ONLY"
  case ipv6Only = "IPv6_ONLY"
}

/// The place where a part of a mesh is described.
public struct Origin: Hashable, Sendable {
  /// The file's name for messages.
  public var file: String
  /// A JSON Pointer (RFC 6901) into the file.
  public var pointer: String
  /// The line in the file, counted from 1.
  public var line: Int

  public init(file: String, pointer: String, line: Int) {
    self.file = file
    self.pointer = pointer
    self.line = line
  }
}
