import AppMesh
import LosslessJSON
import Testing

struct RouteTests {
  func weights(
    _ protocol: PortProtocol, _ targets: KeyValuePairs<String, Int>
  ) throws -> EnvoyJSON {
    try Compiling.sidecar(
      Mesh(
        .dropAll, VirtualNode("web", calls: ["api.local"]), VirtualNode("a", `protocol`, 3000),
        VirtualNode("b", `protocol`, 3000), VirtualService("api.local", router: "r"),
        VirtualRouter("r", `protocol`, 80, [MeshRoute("r", `protocol`, targets)])))
  }

  @Test(
    arguments: [
      ["a": 3, "b": 1], ["a": 1, "b": 1], ["a": 90, "b": 10], ["a": 100, "b": 0],
    ] as [KeyValuePairs<String, Int>])
  func weightsAreKept(targets: KeyValuePairs<String, Int>) throws {
    let clusters = try weights(.http, targets).json.all("weighted_clusters").first?.all("weight")
    #expect(clusters == targets.map { .integer($0.value) })
    let tcp = try weights(.tcp, targets).egress
    let left = targets.filter { $0.value > 0 }
    if left.count == 1 {
      #expect(tcp.at("filter_chains/0/filters/0/typed_config/cluster") == "cds_egress_m_a_tcp_3000")
    } else {
      #expect(tcp.all("weight") == left.map { .integer($0.value) })
    }
  }

  @Test func oneTargetNeedsNoWeight() throws {
    #expect(try weights(.http, ["a": 1]).json.all("weighted_clusters").isEmpty)
  }

  @Test(arguments: [PortProtocol.http, .tcp]) func withoutWeightNobodyAnswers(
    spoken: PortProtocol
  ) throws {
    let envoy = try weights(spoken, ["a": 0])
    #expect(envoy.warnings == ["weights-zero"])
    #expect(envoy.json.all("cluster").contains("cds_egress_m_nowhere"))
  }

  @Test func theMostSpecificRouteComesFirst() throws {
    let routes = [
      MeshRoute("all", .http, ["api": 1]) { $0.path = .prefix("/") },
      MeshRoute("first", .http, ["api": 1], priority: 1) { $0.path = .prefix("/") },
      MeshRoute("a", .http, ["api": 1]) { $0.path = .prefix("/a") },
      MeshRoute("exact", .http, ["api": 1]) { $0.path = .exact("/a/b") },
      MeshRoute("regex", .http, ["api": 1]) { $0.path = .regex("/a.*") },
      MeshRoute("header", .http, ["api": 1]) {
        $0.path = .prefix("/a")
        $0.headers = [.init(name: "x", method: .present)]
      },
      MeshRoute("zero", .http, ["api": 1], priority: 0) { $0.path = .prefix("/z") },
    ]
    for order in [routes, routes.reversed()] {
      var mesh = Mesh.calling()
      mesh.virtualRouters[0].routes = order
      let found = try Compiling.sidecar(mesh).routes("api.local").compactMap { route in
        route["match"]?.object?.map { $0.value.string ?? $0.name }.joined(separator: " ")
      }
      #expect(found == ["/z", "/", "/a/b", "safe_regex", "/a headers", "/a", "/"])
    }
  }

  @Test(arguments: [
    (HeaderMatch.Method.exact("v"), #""string_match":{"exact":"v"}"#),
    (.prefix("v"), #""string_match":{"prefix":"v"}"#),
    (.suffix("v"), #""string_match":{"suffix":"v"}"#),
    (.regex("v.*"), #""string_match":{"safe_regex":{"regex":"v.*"}}"#),
    (.range(start: 10, end: 20), #""range_match":{"start":10,"end":20}"#),
    (.present, #""present_match":true"#),
  ])
  func headers(method: HeaderMatch.Method, json: String) throws {
    for invert in [false, true] {
      let mesh = Mesh.calling(
        .http,
        { $0.match.headers = [.init(name: "x-v", method: method, invert: invert)] })
      let header = try Compiling.sidecar(mesh).route.at("match/headers/0")
      #expect(
        header?.compactText
          == #"{"name":"x-v",\#(json)\#(invert ? #","invert_match":true"# : "")}"#)
    }
  }

  @Test func queryParametersMethodAndScheme() throws {
    let mesh = Mesh.calling(
      .http,
      { route in
        route.match.queryParameters = [.init(name: "a", exact: "1"), .init(name: "b")]
        route.match.method = "POST"
        route.match.scheme = "https"
      })
    let match = try Compiling.sidecar(mesh).route["match"]
    #expect(
      match?["query_parameters"] == [
        ["name": "a", "string_match": ["exact": "1"]], ["name": "b", "present_match": true],
      ])
    #expect(
      match?["headers"] == [
        ["name": ":method", "string_match": ["exact": "POST"]],
        ["name": ":scheme", "string_match": ["exact": "https"]],
      ])
  }

  @Test(
    arguments: [
      ("s", "m", "path", "/s/m"), ("s", nil, "prefix", "/s/"), (nil, nil, "prefix", "/"),
    ] as [(String?, String?, String, String)])
  func grpc(service: String?, method: String?, key: String, path: String) throws {
    let mesh = Mesh.calling(
      .grpc,
      { route in
        route.match.grpcServiceName = service
        route.match.grpcMethodName = method
        route.match.headers = [.init(name: "metadata", method: .exact("v"))]
      })
    let match = try Compiling.sidecar(mesh).route["match"]
    #expect(match?[key]?.string == path && match?["grpc"] == [:])
    #expect(match?.at("headers/0/name") == "metadata")
  }

  @Test func theRoutersPortIsCalled() throws {
    let mesh = Mesh.calling(.tcp)
    let envoy = try Compiling.sidecar(mesh)
    let chain = try #require(envoy.chains(try envoy.egress, port: 80).first)
    #expect(chain.all("cluster") == ["cds_egress_m_api_tcp_3000"])
    #expect(chain.all("stat_prefix") == ["egress"])
  }

  @Test func eachPortHasItsRoutes() throws {
    var mesh = Mesh.calling()
    mesh.virtualRouters[0].listeners.append(.init(port: 81, protocol: .http))
    mesh.virtualRouters[0].routes = [
      MeshRoute("a", .http, ["api": 1]) { ($0.path, $0.port) = (.prefix("/a"), 80) },
      MeshRoute("b", .http, ["api": 1]) { ($0.path, $0.port) = (.prefix("/b"), 81) },
    ]
    let envoy = try Compiling.sidecar(mesh)
    for (port, path) in [(80, "/a"), (81, "/b")] {
      let routes = try envoy.routes("api.local", port: port)
      #expect(routes.map { $0.at("match/prefix")?.string } == [path])
    }
  }

  @Test func targetsNameOneOfSeveralPorts() throws {
    let twoPorts: (inout VirtualNode) -> Void = { node in
      node.listeners.append(.init(portMapping: .init(port: 3001, protocol: .http)))
    }
    let named = Mesh.calling(.http, { $0.weightedTargets[0].port = 3001 }, api: twoPorts)
    #expect(
      try Compiling.sidecar(named).route.at("route/cluster") == "cds_egress_m_api_http_3001")
    #expect(Compiling.errors(.calling(api: twoPorts)) == ["unclear-port"])
    #expect(
      Compiling.errors(.calling(.http, { $0.weightedTargets[0].port = 9 })) == ["unclear-port"])
  }

  @Test func onlyOneTCPRouteCounts() throws {
    var mesh = Mesh.calling(.tcp)
    mesh.virtualRouters[0].routes.append(MeshRoute("second", .tcp, ["api": 1]))
    #expect(try Compiling.sidecar(mesh).warnings == ["discovery-by-dns", "tcp-routes"])
  }
}
