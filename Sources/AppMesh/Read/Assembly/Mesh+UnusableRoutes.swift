import LosslessJSON

extension Mesh {
  /// Problems of routes whose protocol does not fit any listener of their router: TCP routes need TCP
  /// listeners, and all others need HTTP listeners.
  func unusableRoutes() -> [Problem] {
    let called = Set(
      virtualServices.compactMap { service -> String? in
        guard case .virtualRouter(let name) = service.provider else { return nil }
        return name
      })
    return virtualRouters.filter { called.contains($0.name) }.flatMap { router in
      router.routes.compactMap { route in
        let listeners = router.listeners.filter { mapping in
          route.match.port == nil || route.match.port == mapping.port
        }
        let isUsable = listeners.contains { ($0.protocol == .tcp) == (route.protocol == .tcp) }
        guard !isUsable, let listener = listeners.first else { return nil }
        return Problem(
          Self.routeProtocol,
          [
            "route": route.name, "protocol": route.protocol.rawValue, "router": router.name,
            "listener": listener.protocol.rawValue, "port": "\(listener.port)",
          ], at: route.origin)
      }
    }
  }

  static let routeProtocol = Rule.error(
    "route-protocol",
    "Route '{route}' is for {protocol}, but virtual router '{router}' speaks {listener} on port "
      + "{port}. The route cannot be used, so callers would reach nobody.",
    fix: "Use a route of the listener's protocol, or change the protocol of the listener.")
}
