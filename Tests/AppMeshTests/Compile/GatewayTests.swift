import AppMesh
import LosslessJSON
import Testing

struct GatewayTests {
  func mesh(_ gateway: VirtualGateway) -> Mesh {
    var mesh = Mesh.calling()
    mesh.virtualGateways = [gateway]
    mesh.virtualServices.append(VirtualService("web.local", node: "api"))
    return mesh
  }

  func gateway(_ routes: GatewayRoute...) throws -> EnvoyJSON {
    try Compiling.gateway(mesh(VirtualGateway("gw", .http, 3000, routes: routes)))
  }

  func hosts(_ envoy: EnvoyJSON, _ listener: String = "lds_ingress_0.0.0.0_3000") throws
    -> [JSONValue]
  {
    try #require(envoy.listener(listener).all("virtual_hosts").first?.array)
  }

  /// The rewrites of the routes: `/a>/b`, or `/a` for a path that is unchanged.
  func rewrites(_ routes: GatewayRoute...) throws -> [String] {
    let envoy = try Compiling.gateway(mesh(VirtualGateway("gw", .http, 3000, routes: routes)))
    return try (hosts(envoy).last?["routes"]?.array ?? []).map { route in
      let match = route["match"]?.object?.first?.value
      let path = match?.string ?? match?["regex"]?.string ?? ""
      let prefix = route.at("route/prefix_rewrite")?.string
      let whole = route.at("route/regex_rewrite/substitution")?.string
      return ([path] + [prefix ?? whole].compactMap(\.self)).joined(separator: ">")
    }
  }

  @Test func requestsTakeTwoHops() throws {
    let envoy = try gateway(GatewayRoute("all"))
    #expect(
      envoy.listeners.map { $0["name"]?.string }
        == ["lds_ingress_0.0.0.0_3000", "lds_egress_0.0.0.0_15001"])
    #expect(envoy.json["node"]?["id"] == "mesh/m/virtualGateway/gw")
    let host = try #require(hosts(envoy).first)
    #expect(host["name"] == "self_redirect" && host["domains"] == ["*"])
    #expect(host["request_headers_to_remove"] == ["x-app-mesh-virtual-service"])
    let route = try #require(host.at("routes/0/route"))
    #expect(route["cluster"] == "cds_ingress_m_gw_self_redirect_http_15001")
    #expect(route["host_rewrite_literal"] == "api.local")
    #expect(route["prefix_rewrite"] == nil && route["timeout"] == "15s")
    #expect(route["retry_policy"] == nil)
    let redirect = try envoy.cluster("cds_ingress_m_gw_self_redirect_http_15001")
    #expect(redirect.all("socket_address") == [["address": "127.0.0.1", "port_value": 15001]])
    let egress = try envoy.egress
    #expect(egress["stat_prefix"] == "0.0.0.0_15001" && egress["listener_filters"] == nil)
    #expect(egress.all("domains") == [["api.local", "api.local:15001"]])
    #expect(egress.all("cluster") == ["cds_egress_m_api_http_3000"])
    #expect(envoy.envoy.appPorts == [3000])
  }

  @Test func prefixesAreRewritten() throws {
    #expect(try rewrites(GatewayRoute("a", .prefix("/"))) == ["/"])
    #expect(try rewrites(GatewayRoute("a", .prefix("/api"))) == ["/api/>/", "/api>/"])
    #expect(try rewrites(GatewayRoute("a", .prefix("/api/"))) == ["/api/>/", "/api>/"])
    #expect(
      try rewrites(GatewayRoute("a", .prefix("/old/")) { $0.rewrite.path = .prefix("/new/") })
        == ["/old/>/new/"])
    #expect(
      try rewrites(GatewayRoute("a", .prefix("/api")) { $0.rewrite.path = .none }) == ["/api"])
    #expect(
      try rewrites(GatewayRoute("a", .exact("/one")) { $0.rewrite.path = .exact(#"/t\wo"#) })
        == [#"/one>/t\\wo"#])
    #expect(try rewrites(GatewayRoute("a", .exact("/one"))) == ["/one"])
    #expect(try rewrites(GatewayRoute("a", .regex("/.*"))) == ["/.*"])
  }

  @Test func longerPrefixesComeFirstAndGivenOnesBeforeDerived() throws {
    #expect(
      try rewrites(
        GatewayRoute("a", .prefix("/color")), GatewayRoute("b", .prefix("/colors")),
        GatewayRoute("c", .prefix("/")), GatewayRoute("d", .prefix("/z")) { $0.priority = 5 })
        == ["/z/>/", "/z>/", "/colors/>/", "/colors>/", "/color/>/", "/color>/", "/"])
    let envoy = try gateway(
      GatewayRoute("a", .prefix("/color/")),
      GatewayRoute("b", .prefix("/color"), to: "web.local"))
    let literals = try hosts(envoy).first?.all("host_rewrite_literal")
    #expect(literals == ["api.local", "web.local", "web.local", "api.local"])
  }

  @Test func withTheHostKeptAHeaderNamesTheService() throws {
    let envoy = try gateway(
      GatewayRoute("a", .prefix("/a")) { $0.rewrite.rewritesHostname = false },
      GatewayRoute("b", .prefix("/b"), to: "web.local"))
    let host = try #require(hosts(envoy).first)
    #expect(host["request_headers_to_remove"] == nil)
    let routes = try #require(host["routes"]?.array)
    for route in routes {
      #expect(route.all("key") == ["x-app-mesh-virtual-service"])
      #expect(route.all("append_action") == ["OVERWRITE_IF_EXISTS_OR_ADD"])
    }
    #expect(
      routes.map { $0.all("value").first } == [
        "api.local", "web.local", "api.local", "web.local",
      ])
    let egress = try #require(envoy.egress.all("virtual_hosts").first?.at("0"))
    #expect(egress["name"] == "default_backend" && egress["domains"] == ["*"])
    #expect(egress["request_headers_to_remove"] == ["x-app-mesh-virtual-service"])
    #expect(egress.all("exact") == ["api.local", "web.local"])
  }

  @Test func hostsHaveTheRoutesOfWiderOnesToo() throws {
    let envoy = try gateway(
      GatewayRoute("any", .prefix("/")),
      GatewayRoute("exact", .prefix("/e")) { $0.match.hostname = .exact("a.example.com") },
      GatewayRoute("suffix", .prefix("/s")) { $0.match.hostname = .suffix("*.example.com") },
      GatewayRoute("bare", .prefix("/b")) { $0.match.hostname = .suffix("example.org") })
    let hosts = try hosts(envoy)
    #expect(
      hosts.map { $0["domains"] } == [
        ["*.example.com"], ["example.org", "*example.org"], ["a.example.com"], ["*"],
      ])
    #expect(
      hosts.map { host in (host["routes"]?.array ?? []).compactMap { $0.at("match/prefix")?.string }
      }
        == [["/s/", "/s", "/"], ["/b/", "/b", "/"], ["/e/", "/e", "/s/", "/s", "/"], ["/"]])
    let manager = try envoy.listener("lds_ingress_0.0.0.0_3000")
    #expect(manager.all("ignore_port_in_host_matching") == [true])
  }

  @Test func eachListenerHasItsRoutesAndEachRouteItsPort() throws {
    var mesh = mesh(
      VirtualGateway(
        "gw", .http, 3001, 3000,
        routes: [
          GatewayRoute("a") { ($0.match.port, $0.targetPort) = (3000, 80) },
          GatewayRoute("b") { ($0.match.port, $0.targetPort) = (3001, 81) },
        ]))
    mesh.virtualRouters[0].listeners.append(.init(port: 81, protocol: .http))
    let envoy = try Compiling.gateway(mesh)
    for (port, service) in [(3000, "api.local:80"), (3001, "api.local:81")] {
      let host = try #require(hosts(envoy, "lds_ingress_0.0.0.0_\(port)").first)
      #expect(host["routes"]?.array?.count == 1)
      #expect(host.all("value") == [.string(service)])
      #expect(host.all("cluster") == [.string("cds_ingress_m_gw_self_redirect_\(port)_http_15001")])
    }
    #expect(try envoy.egress.all("exact") == ["api.local:80", "api.local:81"])
    mesh.virtualGateways[0].routes[0].targetPort = nil
    #expect(throws: MeshCompileError.self) {
      try MeshCompiler(mesh).gateway("gw", server: Compiling.server)
    }
  }

  @Test(
    arguments: [
      ([Duration.seconds(60), .seconds(20)], "60s"), ([.zero, .seconds(60)], "0s"), ([nil], "15s"),
    ] as [([Duration?], String)])
  func theFirstHopWaitsAsLongAsTheSecond(timeouts: [Duration?], text: String) throws {
    var mesh = mesh(VirtualGateway("gw", .http, 3000, routes: [GatewayRoute("all")]))
    mesh.virtualRouters[0].routes = timeouts.enumerated().map { index, timeout in
      var route = MeshRoute("r\(index)", .http, ["api": 1]) { $0.path = .prefix("/\(index)") }
      route.timeout = .init(perRequest: timeout, idle: .seconds(400))
      return route
    }
    let route = try hosts(Compiling.gateway(mesh)).first?.at("routes/0/route")
    #expect(route?["timeout"]?.string == text && route?["idle_timeout"] == "400s")
  }

  @Test func listenersHaveTLSAndPools() throws {
    var gateway = VirtualGateway("gw", .http2, 443, routes: [GatewayRoute("all", .prefix("/"))])
    gateway.listeners[0].tls = .init(mode: .strict, certificate: TLSTests.file)
    gateway.listeners[0].connectionPool = .http2(maxRequests: 9)
    var envoy = try Compiling.gateway(mesh(gateway))
    let name = "lds_ingress_0.0.0.0_443"
    #expect(try envoy.listener(name).all("alpn_protocols") == [["h2"]])
    let redirect = try envoy.cluster("cds_ingress_m_gw_self_redirect_http2_15001")
    #expect(redirect.all("max_requests") == [9])
    #expect(redirect.all("explicit_http_config").first?["http2_protocol_options"] != nil)
    gateway.listeners[0].tls?.mode = .permissive
    envoy = try Compiling.gateway(mesh(gateway))
    #expect(try envoy.listener(name).all("transport_protocol") == ["tls", "raw_buffer"])
    #expect(try envoy.listener(name)["listener_filters"]?.array?.count == 1)
  }

  @Test func theDefaultsForBackendsCount() throws {
    var gateway = VirtualGateway("gw", .http, 3000, routes: [GatewayRoute("all")])
    gateway.backendDefaults = .init(
      tls: .init(validation: .init(trust: .file(certificateChain: "/ca.pem"))))
    var mesh = mesh(gateway)
    mesh.virtualNodes[1].listeners[0].tls = .init(mode: .strict, certificate: TLSTests.file)
    let cluster = try Compiling.gateway(mesh).cluster("cds_egress_m_api_http_3000")
    #expect(cluster.all("exact") == ["api.internal"])
  }

  @Test func portsAreTakenOnce() {
    let mesh = mesh(VirtualGateway("gw", .http, 9901, 15001, routes: []))
    do throws(MeshCompileError) {
      _ = try MeshCompiler(mesh).gateway("gw", server: Compiling.server)
      Issue.record("compiled")
    } catch {
      #expect("\(error)".contains("Port 9901 is both the admin port and the gateway port"))
      #expect("\(error)".contains("Port 15001 is both the egress port and the gateway port"))
    }
  }

  @Test func unknownMembersAreRefusedWithTheKnown() {
    let compiler = MeshCompiler(.calling())
    let gateway = #expect(throws: MeshCompileError.self) {
      try compiler.gateway("x", server: Compiling.server)
    }
    #expect(
      gateway?.description
        == "The mesh does not have virtual gateway 'x'. Add the file that describes it.")
    let node = #expect(throws: MeshCompileError.self) {
      try compiler.sidecar(node: "x", server: Compiling.server)
    }
    #expect(
      node?.description == "The mesh does not have virtual node 'x'. Use one of: api, web.")
  }
}
