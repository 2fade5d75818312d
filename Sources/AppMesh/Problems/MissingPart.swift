import LosslessJSON

/// Problems with parts that the mesh refers to but no file describes.
enum MissingPart {
  static let rules = [node, service, router, gateway]

  private static let node = Rule.warning(
    "unknown-virtual-node",
    "No file describes virtual node '{name}', which {user} names. Nothing can be sent to it.",
    fix: "Add the node's description, or remove the reference to it.")
  private static let service = Rule.warning(
    "unknown-virtual-service",
    "No file describes virtual service '{name}', which {user} names. Calls to it have no route.",
    fix: "Add the service's description, or remove the reference to it.")
  private static let router = Rule.warning(
    "unknown-virtual-router",
    "No file describes virtual router '{name}', which {user} names. Its routes are left out.",
    fix: "Add the router's description, or remove the reference to it.")
  private static let gateway = Rule.warning(
    "unknown-virtual-gateway",
    "No file describes virtual gateway '{name}', which {user} names. The route is left out.",
    fix: "Add the gateway's description, or remove the reference to it.")

  /// - Parameter user: the part that refers to the missing one, with its kind: `route 'a'`.
  static func node(_ name: String, for user: String, at origin: Origin) -> Problem {
    Problem(node, ["name": name, "user": user], at: origin)
  }

  static func service(_ name: String, for user: String, at origin: Origin) -> Problem {
    Problem(service, ["name": name, "user": user], at: origin)
  }

  static func router(_ name: String, for user: String, at origin: Origin) -> Problem {
    Problem(router, ["name": name, "user": user], at: origin)
  }

  static func gateway(_ name: String, for route: GatewayRoute) -> Problem {
    Problem(
      gateway, ["name": name, "user": "gateway route '\(route.name)'"], at: route.origin)
  }
}
