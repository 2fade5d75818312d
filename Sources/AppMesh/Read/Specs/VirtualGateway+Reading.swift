extension VirtualGateway {
  /// Reads `VirtualGatewaySpec`.
  mutating func read(_ spec: ObjectReader) {
    listeners =
      spec["listeners"].required.list { $0.object(GatewayListener.init(reading:)) } ?? []
    backendDefaults = spec["backendDefaults"].object(ClientPolicy.init(readingDefaults:))
    accessLog = spec["logging"].object(FileAccessLog.init(readingLogging:))
  }
}

extension GatewayRoute {
  /// Reads `GatewayRouteSpec`.
  init?(name: String, reading spec: ObjectReader, origin: Origin) {
    let priority = spec["priority"].integer(in: 0...1000)
    let route: GatewayRoute? = spec.oneOf(
      [("httpRoute", PortProtocol.http), ("http2Route", .http2), ("grpcRoute", .grpc)]
        .map { key, spoken in
          (key, { $0.object { Self.read($0, as: spoken, name: name, origin: origin) } })
        })
    guard var route else { return nil }
    route.priority = priority
    self = route
  }

  private static func read(
    _ object: ObjectReader, as spoken: PortProtocol, name: String, origin: Origin
  ) -> GatewayRoute? {
    let match = object["match"].required.object {
      spoken == .grpc
        ? RequestMatch(readingGRPC: $0, ofGateway: true)
        : RequestMatch(readingHTTP: $0, ofGateway: true)
    }
    let action = object["action"].required.object { action in
      (
        target: action["target"].required.object(Target.init(reading:)),
        rewrite: action["rewrite"].object { GatewayRewrite(reading: $0, isHTTP: spoken != .grpc) }
      )
    }
    guard let match, let target = action?.target else { return nil }
    var route = GatewayRoute(
      name: name, protocol: spoken, match: match, virtualServiceName: target.service,
      rewrite: action?.rewrite ?? .init(), origin: origin)
    route.targetPort = target.port
    return route
  }

  private struct Target {
    let service: String
    let port: UInt16?

    init?(reading object: ObjectReader) {
      let service = object["virtualService"].required.object { service in
        service["virtualServiceName"].required.name(of: .virtualService)
      }
      port = object["port"].port()
      guard let service else { return nil }
      self.service = service
    }
  }
}

extension GatewayRewrite {
  private enum Default: String, CaseIterable {
    case enabled = "ENABLED"
    case disabled = "DISABLED"
  }

  fileprivate init?(reading object: ObjectReader, isHTTP: Bool) {
    let hostname = object["hostname"].object {
      $0["defaultTargetHostname"].choice(Default.allCases)
    }
    self.init(rewritesHostname: hostname != .disabled)
    guard isHTTP else { return }
    let path: Path? = object.oneOf(
      isRequired: false,
      [
        ("path", { $0.object { $0["exact"].required.text(length: 1...255).map(Path.exact) } }),
        ("prefix", { $0.object(Self.prefix) }),
      ])
    self.path = path ?? .standard
  }

  private static func prefix(_ object: ObjectReader) -> Path? {
    object.oneOf([
      (
        "defaultPrefix",
        { $0.choice(Default.allCases).map { $0 == .disabled ? Path.none : .standard } }
      ),
      ("value", { $0.text(length: 1...255).map(Path.prefix) }),
    ])
  }
}
