internal import LosslessJSON

/// The routes for requests to some host names.
public struct VirtualHost: Hashable, Sendable {
  public var name: String
  /// Host names, with a port unless ``HTTPConnectionManager/ignoresPortInHost``; `*` is every name
  /// that no other virtual host has, and stands for any characters at the beginning of a name.
  public var domains: [String]
  /// The first route that matches is taken.
  public var routes: [Route]
  public var requestHeadersToRemove: [String] = []

  public init(name: String, domains: [String], routes: [Route]) {
    self.name = name
    self.domains = domains
    self.routes = routes
  }

  var json: JSONValue {
    .fields([
      "name": .string(name),
      "domains": .strings(domains),
      "routes": .array(routes.map(\.json)),
      "request_headers_to_remove": requestHeadersToRemove.ifNotEmpty(JSONValue.strings),
    ])
  }
}
