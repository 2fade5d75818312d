import AppMesh
import EnvoyBootstrap
import LosslessJSON
import RealEnvoy
import Testing

/// A mesh that uses every field of App Mesh's API.
struct EveryFieldTests {
  static let secrets = MeshCertificates(
    certificates: ["arn:c": .pem(certificateChain: .file("/c.pem"), privateKey: .file("/k.pem"))],
    authorities: ["arn:a": .pem(.file("/a.pem"))], sdsSocketPath: "/run/agent.sock")

  @Test(
    arguments: [
      (Mesh.EgressFilter.dropAll, nil), (.allowAll, .ipv6Preferred), (.dropAll, .ipv4Only),
    ] as [(Mesh.EgressFilter, IPPreference?)])
  func envoyLoadsEveryMember(filter: Mesh.EgressFilter, preference: IPPreference?) async throws {
    var mesh = Self.mesh
    mesh.egressFilter = filter
    mesh.ipPreference = preference
    var server = Compiling.server
    server.tracing = .xray(samplingRate: 0.05)
    var texts: [String] = []
    for defaults in [MeshDefaults.retriesWithoutLimits, .envoys] {
      let compiler = MeshCompiler(mesh, certificates: Self.secrets, defaults: defaults)
      var members = [try compiler.gateway("gw", server: server)]
      for node in mesh.virtualNodes {
        members.append(try compiler.sidecar(node: node.name, server: server))
      }
      texts += try members.map { try TLSFiles.existing(in: $0.bootstrap.json).compactText }
    }
    #expect(texts.count == 2 * (1 + mesh.virtualNodes.count))
    guard RealEnvoy.isExpected else { return }
    for complaint in try await RealEnvoy.complaints(about: texts) { Issue.record("\(complaint)") }
  }

  static let mesh: Mesh = {
    var mesh = Mesh(name: "every")
    mesh.virtualNodes = [web, api, VirtualNode("rpc", .grpc, 50051), VirtualNode("db", .tcp, 5432)]
    mesh.virtualNodes[2].serviceDiscovery = .awsCloudMap(
      serviceName: "rpc", namespaceName: "internal", attributes: [.init(key: "k", value: "v")],
      ipPreference: .ipv6Preferred)
    mesh.virtualServices = [
      VirtualService("api.local", router: "api"), VirtualService("rpc.local", router: "rpc"),
      VirtualService("db.local", router: "db"), VirtualService("node.local", node: "api"),
      VirtualService(name: "empty.local", origin: .test("empty")),
    ]
    mesh.virtualRouters = [
      VirtualRouter("api", .http, 80, httpRoutes), VirtualRouter("rpc", .grpc, 50051, [grpcRoute]),
      VirtualRouter("db", .tcp, 5432, [tcpRoute]),
    ]
    mesh.virtualGateways = [gateway]
    return mesh
  }()

  private static let validation = TLSValidation(
    trust: .sds(secretName: "ca"), subjectAlternativeNames: ["spiffe://every/api", "api.internal"])

  private static let web: VirtualNode = {
    var node = VirtualNode(
      "web", .http, 8080,
      calls: ["api.local", "rpc.local", "db.local", "node.local", "empty.local"])
    var policy = ClientPolicyTLS(
      validation: .init(trust: .acm(certificateAuthorityARNs: ["arn:a"])))
    policy.certificate = .sds(secretName: "client")
    policy.enforce = false
    node.backendDefaults = .init(tls: policy)
    node.backends[3].clientPolicy = .init(tls: .init(validation: validation))
    node.accessLog = .init(
      path: "/dev/stdout", format: .json([.init(key: "code", value: "%RESPONSE_CODE%")]))
    return node
  }()

  private static let api: VirtualNode = {
    var node = VirtualNode("api", .http2, 3000)
    node.listeners[0].connectionPool = .http2(maxRequests: 10)
    node.listeners[0].healthCheck = .init(
      healthyThreshold: 2, unhealthyThreshold: 10, interval: .seconds(300), timeout: .seconds(60),
      protocol: .http2, port: 3001, path: "/ping")
    node.listeners[0].outlierDetection = .init(
      maxServerErrors: 5, interval: .seconds(10), baseEjectionDuration: .seconds(30),
      maxEjectionPercent: 100)
    node.listeners[0].timeout = .init(perRequest: .seconds(60), idle: .zero)
    node.listeners[0].tls = .init(
      mode: .permissive, certificate: .sds(secretName: "server"), validation: validation)
    node.accessLog = .init(path: "/tmp/access.log", format: .text("%RESPONSE_CODE%\n"))
    return node
  }()

  private static let httpRoutes: [MeshRoute] = {
    var everything = MeshRoute("everything", .http2, ["api": 90, "web": 10], priority: 0) { match in
      match.path = .regex("/v[0-9]+/.*")
      match.method = "POST"
      match.scheme = "https"
      match.queryParameters = [.init(name: "a", exact: "1"), .init(name: "b")]
      let methods: [HeaderMatch.Method] = [
        .exact("v"), .prefix("v"), .suffix("v"), .regex("v+"), .range(start: -1, end: 10), .present,
      ]
      match.headers = methods.flatMap { method in
        [false, true].map { .init(name: "x-v", method: method, invert: $0) }
      }
    }
    everything.timeout = .init(perRequest: .zero, idle: .seconds(1))
    everything.retryPolicy = .init(maxRetries: 0, perRetryTimeout: .milliseconds(1))
    everything.retryPolicy?.httpRetryEvents = [
      "server-error", "gateway-error", "client-error", "stream-error",
    ]
    everything.retryPolicy?.tcpRetryEvents = ["connection-error"]
    return [everything, MeshRoute("exact", .http, ["api": 1]) { $0.path = .exact("/a") }]
  }()

  private static let grpcRoute: MeshRoute = {
    var route = MeshRoute("rpc", .grpc, ["rpc": 1]) { match in
      match.grpcServiceName = "every.Service"
      match.grpcMethodName = "Get"
      match.headers = [.init(name: "metadata", method: .present)]
    }
    route.retryPolicy = .init(maxRetries: 3, perRetryTimeout: .seconds(1))
    route.retryPolicy?.grpcRetryEvents = [
      "cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable",
    ]
    return route
  }()

  private static let tcpRoute: MeshRoute = {
    var route = MeshRoute("db", .tcp, ["db": 1, "api": 2, "web": 0])
    route.timeout = .init(idle: .seconds(60))
    return route
  }()

  private static let gateway: VirtualGateway = {
    var gateway = VirtualGateway(
      "gw", .http, 443, 8443,
      routes: [
        GatewayRoute("default", .prefix("/api/")) { $0.match.port = 443 },
        GatewayRoute("prefix", .prefix("/old/")) { $0.rewrite.path = .prefix("/new/") },
        GatewayRoute("exact", .exact("/one")) { $0.rewrite.path = .exact("/two") },
        GatewayRoute("regex", .regex("/x.*")) { $0.rewrite.path = .exact("/x") },
        GatewayRoute("kept", .prefix("/"), to: "node.local") { route in
          route.rewrite = .init(rewritesHostname: false, path: .none)
          route.match.hostname = .suffix(".example.com")
          route.priority = 1000
        },
        GatewayRoute("host", .prefix("/"), to: "empty.local") { route in
          route.match.hostname = .exact("www.example.com")
        },
        GatewayRoute("rpc", .prefix("/"), to: "rpc.local", .grpc) { route in
          route.match.grpcServiceName = "every.Service"
          route.targetPort = 50051
        },
      ])
    gateway.listeners[0].tls = .init(
      mode: .strict, certificate: .acm(certificateARN: "arn:c"), validation: validation)
    gateway.listeners[0].connectionPool = .http(maxConnections: 1, maxPendingRequests: nil)
    gateway.listeners[1].tls = .init(
      mode: .permissive, certificate: TLSTests.file, validation: nil)
    gateway.backendDefaults = .init(tls: .init(validation: validation))
    gateway.accessLog = .init(path: "/dev/stderr")
    return gateway
  }()
}
