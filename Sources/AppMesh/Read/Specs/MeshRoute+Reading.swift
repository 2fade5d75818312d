extension MeshRoute {
  private static let protocols: [(name: String, protocol: PortProtocol)] = [
    ("httpRoute", .http), ("http2Route", .http2), ("grpcRoute", .grpc), ("tcpRoute", .tcp),
  ]

  /// Reads `RouteSpec`.
  init?(name: String, reading spec: ObjectReader, origin: Origin) {
    let priority = spec["priority"].integer(in: 0...1000)
    let route: MeshRoute? = spec.oneOf(
      Self.protocols.map { key, spoken in
        (key, { $0.object { Self.read($0, as: spoken, name: name, origin: origin) } })
      })
    guard var route else { return nil }
    route.priority = priority
    self = route
  }

  private static func read(
    _ object: ObjectReader, as spoken: PortProtocol, name: String, origin: Origin
  ) -> MeshRoute? {
    let match = object["match"]
    let request = (spoken == .tcp ? match : match.required).object { match in
      switch spoken {
      case .http, .http2: RequestMatch(readingHTTP: match, ofGateway: false)
      case .grpc: RequestMatch(readingGRPC: match, ofGateway: false)
      case .tcp: RequestMatch(readingTCP: match)
      }
    }
    let targets = object["action"].required.object { action in
      action["weightedTargets"].required.list(count: 1...10) {
        $0.object(WeightedTarget.init(reading:))
      }
    }
    let retryPolicy =
      spoken == .tcp
      ? nil : object["retryPolicy"].object { MeshRetryPolicy(reading: $0, isGRPC: spoken == .grpc) }
    let timeout = object["timeout"].object { RequestTimeout(reading: $0, of: spoken) }
    guard let targets else { return nil }
    var route = MeshRoute(
      name: name, protocol: spoken, match: request ?? .init(), weightedTargets: targets,
      origin: origin)
    (route.retryPolicy, route.timeout) = (retryPolicy, timeout)
    return route
  }
}

extension WeightedTarget {
  fileprivate init?(reading object: ObjectReader) {
    let node = object["virtualNode"].required.name(of: .virtualNode)
    let weight = object["weight"].required.integer(in: 0...100)
    let port = object["port"].port()
    guard let node, let weight else { return nil }
    self.init(virtualNode: node, weight: weight, port: port)
  }
}

extension MeshRetryPolicy {
  /// <https://docs.aws.amazon.com/app-mesh/latest/APIReference/API_HttpRetryPolicy.html>
  private static let httpEvents = [
    "server-error", "gateway-error", "client-error", "stream-error",
  ]
  private static let tcpEvents = ["connection-error"]
  private static let grpcEvents = [
    "cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable",
  ]

  fileprivate init?(reading object: ObjectReader, isGRPC: Bool) {
    let retries = object["maxRetries"].required.integer(in: 0...largestCount)
    let timeout = object["perRetryTimeout"].required.duration()
    let http = object["httpRetryEvents"].list(count: 1...25) { $0.word(of: Self.httpEvents) }
    let tcp = object["tcpRetryEvents"].list(count: 1...1) { $0.word(of: Self.tcpEvents) }
    let grpc =
      isGRPC
      ? object["grpcRetryEvents"].list(count: 1...5) { $0.word(of: Self.grpcEvents) } : nil
    guard let retries, let timeout else { return nil }
    self.init(maxRetries: retries, perRetryTimeout: timeout)
    httpRetryEvents = http ?? []
    tcpRetryEvents = tcp ?? []
    grpcRetryEvents = grpc ?? []
  }
}
