extension VirtualService {
  /// Reads `VirtualServiceSpec`.
  mutating func read(_ spec: ObjectReader) {
    provider = spec["provider"].object { provider in
      provider.oneOf([
        (
          "virtualNode",
          {
            $0.object { $0["virtualNodeName"].required.name(of: .virtualNode) }
              .map(Provider.virtualNode)
          }
        ),
        (
          "virtualRouter",
          {
            $0.object { $0["virtualRouterName"].required.name(of: .virtualRouter) }
              .map(Provider.virtualRouter)
          }
        ),
      ])
    }
  }
}

extension VirtualRouter {
  /// Reads `VirtualRouterSpec`.
  mutating func read(_ spec: ObjectReader) {
    listeners =
      spec["listeners"].list { listener in
        listener.object { object in
          object["portMapping"].required.object {
            PortMapping(reading: $0, PortProtocol.allCases)
          }
        }
      } ?? []
  }
}
