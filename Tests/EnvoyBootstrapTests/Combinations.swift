import EnvoyBootstrap

/// Every combination of the users' choices, with one value of each kind.
enum Combinations {
  static let node = Node(id: "orders-id", cluster: "orders")

  static let servers: [ServerSettings] = {
    let tracings: [Tracing?] = [
      nil, .xray(samplingRate: 0.05), .openTelemetry(samplingRate: 0.05),
    ]
    var all: [ServerSettings] = []
    for tracing in tracings {
      for memory in [nil, 128] {
        for tags in [[], [StatsTag(name: "aws.ecs.task.family", fixedValue: "orders")]] {
          all.append(.init(node: node, memoryMiB: memory, statsTags: tags, tracing: tracing))
        }
      }
    }
    all.append(.init(node: node, metrics: .init(port: 9902)))
    all.append(
      .init(
        node: node, statsTags: [StatsTag(name: "service", fixedValue: "orders")],
        tracing: .openTelemetry(samplingRate: 0.05), metrics: .init(port: 9902, isPushed: true)))
    return all
  }()

  static let appPorts: [[AppPort]] =
    [[], [.init(8080)], [.init(5432)]]
    + ServiceProtocol.allCases.map { [.init(8080, $0)] }
    + [[.init(8080), .init(8081), .init(8082, .grpc), .init(5432), .init(9000, .tcp)]]

  /// - Parameter text: upstreams as on the command line.
  static func upstreams(_ text: String...) throws -> [Upstream] {
    try text.map { try Upstream($0) }
  }

  static func upstreamSets() throws -> [[Upstream]] {
    try [
      upstreams(),
      upstreams("a=a.internal:8080"),
      upstreams("a=10.0.0.1:8080/http2"),
      upstreams("a=[2001:db8::1]:8080/grpc"),
      upstreams("a=a.internal:3306/tcp"),
      upstreams("a.example.com=a.internal:443/tcp"),
      upstreams("a=a.internal:443/https"),
      upstreams("a=a.internal:443/grpcs"),
      upstreams(
        "a=a.internal:80", "b=b.internal:80/http2", "c=c.internal:80/grpc",
        "d=d.internal:81/tcp", "e=e.internal:443/tcp"),
    ]
  }

  static func sidecars() throws -> [Bootstrap] {
    var all: [Bootstrap] = []
    for server in servers {
      for ports in appPorts {
        for upstreams in try upstreamSets() {
          let sidecar = StaticSidecar(server: server, appPorts: ports, upstreams: upstreams)
          all.append(try sidecar.bootstrap())
        }
      }
    }
    return all
  }

  /// Sidecars with ports that a template's deployment has filled in.
  static func deployedSidecars() throws -> [Bootstrap] {
    let ports: [AppPort] = [
      .init(.variable("8080")), .init(.variable("8081"), .grpc), .init(9000, .tcp),
    ]
    return try servers.map { try StaticSidecar(server: $0, appPorts: ports).bootstrap() }
  }

  static func gateways() throws -> [Bootstrap] {
    var sets = try upstreamSets().filter { $0.count == 1 }
    sets.append(try upstreams("a=a:80", "b=b:80/http2", "c=c:80/grpc"))
    var all: [Bootstrap] = []
    for server in servers {
      for upstreams in sets {
        for ports: [UInt16] in [[3000], [80, 3000]] {
          let gateway = StaticGateway(server: server, ports: ports, upstreams: upstreams)
          all.append(try gateway.bootstrap())
        }
      }
    }
    return all
  }

  static func xdsSidecars() throws -> [Bootstrap] {
    var all: [Bootstrap] = []
    for server in servers {
      for host in ["xds.internal", "10.0.0.1", "2001:db8::1"] {
        for usesTLS in [false, true] {
          let sidecar = XDSSidecar(
            server: server, managementServer: .init(host, 18000), usesTLS: usesTLS)
          all.append(try sidecar.bootstrap())
        }
      }
    }
    return all
  }
}
