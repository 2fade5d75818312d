internal import LosslessJSON

/// What a route makes of a request before it is sent on.
public struct RequestRewrite: Hashable, Sendable {
  public enum Path: Hashable, Sendable {
    /// The part that ``RouteMatch/Path/prefix(_:)`` matched becomes this.
    case prefix(String)
    /// The whole path becomes this; the query stays.
    case whole(String)
  }

  public var path: Path?
  /// What `Host` or `:authority` becomes.
  public var hostLiteral: String?
  /// Headers that are set, whatever they were.
  public var headers: [Header] = []
  public var headersToRemove: [String] = []

  public struct Header: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public init() {}

  /// Members of the route's action.
  var actionMembers: [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    switch path {
    case .prefix(let text): members.append(.init("prefix_rewrite", .string(text)))
    case .whole(let text): members.append(.init("regex_rewrite", Self.replaceAll(with: text)))
    case nil: break
    }
    if let hostLiteral { members.append(.init("host_rewrite_literal", .string(hostLiteral))) }
    return members
  }

  /// Members of the route itself.
  var routeMembers: [JSONValue.Member] {
    JSONValue.fields([
      "request_headers_to_add": headers.ifNotEmpty { .array($0.map(Self.setting)) },
      "request_headers_to_remove": headersToRemove.ifNotEmpty(JSONValue.strings),
    ]).object ?? []
  }

  private static func replaceAll(with text: String) -> JSONValue {
    // In a substitution the backslash stands before the number of a group.
    let substitution = text.split(separator: #"\"#, omittingEmptySubsequences: false)
      .joined(separator: #"\\"#)
    return ["pattern": ["regex": "^/.*$"], "substitution": .string(substitution)]
  }

  private static func setting(_ header: Header) -> JSONValue {
    // In a value the percent sign stands around command operators.
    let value = header.value.split(separator: "%", omittingEmptySubsequences: false)
      .joined(separator: "%%")
    return [
      "header": ["key": .string(header.name), "value": .string(value)],
      "append_action": "OVERWRITE_IF_EXISTS_OR_ADD",
    ]
  }
}
