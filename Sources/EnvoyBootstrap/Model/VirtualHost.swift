internal import LosslessJSON

/// The routes for requests to some host names.
public struct VirtualHost: Hashable, Sendable {
  public var name: String
  /// Host names without port; `*` is every name that no other virtual host has.
  public var domains: [String]
  /// The first route that matches is taken.
  public var routes: [Route]

  public init(name: String, domains: [String], routes: [Route]) {
    self.name = name
    self.domains = domains
    self.routes = routes
  }

  var json: JSONValue {
    [
      "name": .string(name), "domains": .strings(domains), "routes": .array(routes.map(\.json)),
    ]
  }
}
