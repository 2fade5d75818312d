import AppMesh
import LosslessJSON
import Testing

/// A mesh with every member of App Mesh's API, in both of its formats. botocore and cfn-lint accept them.
struct CompleteMeshTests {
  private static func described() throws -> Mesh {
    try Reading.read(Reading.testdata("mesh-complete/describe.json")).mesh
  }

  @Test func bothFormsAreTheSameMesh() throws {
    let template = try Reading.read(Reading.testdata("mesh-complete/template.yaml"))
    #expect(template.problems == [])
    #expect(try template.mesh.withoutOrigins == Self.described().withoutOrigins)
  }

  @Test func theMeshAndItsParts() throws {
    let mesh = try Self.described()
    #expect(mesh.name == "complete")
    #expect(mesh.egressFilter == .allowAll)
    #expect(mesh.ipPreference == .ipv4Only)
    #expect(mesh.virtualNodes.map(\.name) == ["back", "data", "front"])
    #expect(mesh.virtualGateways.map(\.name) == ["gateway", "second", "third"])
    #expect(mesh.virtualRouters.map(\.listeners.count) == [4])
    #expect(
      mesh.virtualServices.map(\.provider) == [.virtualRouter("router"), .virtualNode("data"), nil])
  }

  @Test func listeners() throws {
    let listeners = try Self.described().node("front").listeners
    #expect(listeners.map(\.portMapping.port) == [80, 81, 82, 83])
    #expect(listeners.map(\.portMapping.protocol) == [.http, .http2, .grpc, .tcp])
    #expect(
      listeners.map(\.connectionPool) == [
        .http(maxConnections: 2, maxPendingRequests: 3), .http2(maxRequests: 4),
        .grpc(maxRequests: 5), .tcp(maxConnections: 6),
      ])
    #expect(
      listeners[0].healthCheck
        == HealthCheckPolicy(
          healthyThreshold: 2, unhealthyThreshold: 10, interval: .seconds(5),
          timeout: .seconds(60), protocol: .http, port: 8080, path: "/ping"))
    #expect(
      listeners[0].outlierDetection
        == OutlierDetectionPolicy(
          maxServerErrors: 5, interval: .seconds(10), baseEjectionDuration: .milliseconds(500),
          maxEjectionPercent: 50))
    #expect(
      listeners.map(\.timeout) == [
        RequestTimeout(perRequest: .zero, idle: .seconds(1)),
        RequestTimeout(perRequest: .milliseconds(1500)),
        RequestTimeout(perRequest: .seconds(2), idle: .seconds(3)),
        RequestTimeout(idle: .seconds(4)),
      ])
    #expect(listeners.map(\.tls?.mode) == [.strict, .permissive, .disabled, nil])
    #expect(
      listeners[0].tls?.validation
        == TLSValidation(
          trust: .file(certificateChain: "/keys/ca.pem"),
          subjectAlternativeNames: ["front.example", "gateway.example"]))
    #expect(listeners[1].tls?.certificate == .sds(secretName: "server"))
  }

  @Test func backendsAndDiscovery() throws {
    let mesh = try Self.described()
    let front = try mesh.node("front")
    #expect(
      front.backends.map(\.virtualServiceName) == ["back.example", "data.example", "idle.example"])
    let defaults = try #require(front.backendDefaults?.tls)
    #expect(defaults.enforce == false && defaults.ports == [443, 8443])
    #expect(front.backends[0].clientPolicy?.tls?.enforce == true)
    #expect(front.backends[2].clientPolicy == nil)
    #expect(
      front.serviceDiscovery
        == .dns(hostname: "front.example", responseType: .endpoints, ipPreference: .ipv6Only))
    #expect(
      try mesh.node("back").serviceDiscovery
        == .awsCloudMap(
          serviceName: "back", namespaceName: "example.local",
          attributes: [.init(key: "VERSION", value: "1")], ipPreference: .ipv4Preferred))
    #expect(try mesh.node("back").accessLog?.format == .text("%RESPONSE_CODE%\n"))
  }

  @Test func routes() throws {
    let routes = try #require(try Self.described().virtualRouters.first).routes
    #expect(routes.map(\.name) == ["exact", "grpc", "http", "http2", "tcp"])
    #expect(routes.map(\.priority) == [nil, nil, 7, nil, nil])
    #expect(
      routes[2].match.headers.map(\.method) == [
        .exact("1"), .prefix("2"), .suffix("3"), .regex("4.*"), .range(start: -1, end: 20),
        .present,
      ])
    #expect(routes[2].match.headers.map(\.invert) == [false, true, false, false, false, false])
    #expect(
      routes[2].match.queryParameters == [.init(name: "q", exact: "1"), .init(name: "r")])
    #expect(routes[2].match.scheme == "https" && routes[2].match.method == "POST")
    #expect(routes[1].match.grpcMethodName == "Add")
    #expect(routes[1].retryPolicy?.grpcRetryEvents.count == 5)
    #expect(routes[4].match.port == 83)
    #expect(
      routes[4].weightedTargets == [
        .init(virtualNode: "back", weight: 100, port: 80), .init(virtualNode: "front", weight: 0),
      ])
  }

  @Test func gatewayRoutes() throws {
    let routes = try #require(try Self.described().virtualGateways.first).routes
    #expect(routes.map(\.name) == ["grpc", "http", "http2", "plain", "regex"])
    #expect(routes.map(\.protocol) == [.grpc, .http, .http2, .http, .http])
    #expect(
      routes.map(\.rewrite.path) == [.standard, .exact("/two"), .prefix("/new/"), .none, .standard])
    #expect(routes.map(\.rewrite.rewritesHostname) == [false, false, true, true, true])
    #expect(
      routes.map(\.match.hostname) == [
        .exact("grpc.example"), .exact("shop.example"), .suffix(".example"), nil, nil,
      ])
    #expect(routes.map(\.targetPort) == [80, 80, 80, 80, nil])
  }
}
