import AppMesh
import LosslessJSON
import Testing

struct EgressTests {
  let api = VirtualNode("api", .http, 3000)

  @Test func backendsAreFoundByHost() throws {
    let envoy = try Compiling.sidecar(.calling())
    let table = try envoy.routeTable(egress: 80)
    #expect(table["name"] == "rds_egress_http_80")
    #expect(table["ignore_port_in_host_matching"] == nil)
    #expect(table.all("domains") == [["api.local", "api.local:80"]])
    #expect(try envoy.route.at("route/cluster") == "cds_egress_m_api_http_3000")
  }

  @Test func applicationsReachTheirBackendsAndAWSOnly() throws {
    let envoy = try Compiling.sidecar(.calling())
    let egress = try envoy.egress
    #expect(egress["default_filter_chain"] == nil)
    let matches = egress.all("filter_chain_match")
    #expect(
      matches == [
        ["destination_port": 80],
        ["destination_port": 443, "server_names": ["*.amazonaws.com"]],
      ])
    #expect(try envoy.cluster("cds_egress_m_amazonaws")["type"] == "ORIGINAL_DST")
    #expect(!envoy.clusterNames.contains("cds_egress_m_mesh-allow-all"))
  }

  @Test func withoutBackendsNobodyInTheMeshIsReached() throws {
    let envoy = try Compiling.sidecar(Mesh(.dropAll, VirtualNode("web"), api))
    #expect(envoy.clusterNames == ["cds_egress_m_amazonaws"])
  }

  @Test func everythingIsReachedIfTheMeshAllowsIt() throws {
    var mesh = Mesh.calling()
    mesh.egressFilter = .allowAll
    let envoy = try Compiling.sidecar(mesh)
    let egress = try envoy.egress
    #expect(egress["default_filter_chain"]?.all("cluster") == ["cds_egress_m_mesh-allow-all"])
    #expect(egress.all("filter_chain_match").last == ["destination_port": 443])
    #expect(try envoy.routes("mesh_allow_all").first?.at("route/timeout") == "0s")
    #expect(try envoy.routeTable(egress: 80).all("domains").last == ["*"])
  }

  /// Looking for TLS on other ports would delay servers that speak first.
  @Test func onlyPort443IsSniffed() throws {
    let filters = try Compiling.sidecar(.calling()).egress["listener_filters"]
    #expect(
      filters?.at("1/filter_disabled/not_match/destination_port_range")
        == ["start": 443, "end": 444])
    #expect(filters?.array?.count == 2)
  }

  @Test func theEgressListensOnLoopbackUnderItsOldName() throws {
    let egress = try Compiling.sidecar(.calling()).egress
    #expect(egress.at("address/socket_address/address") == "127.0.0.1")
    #expect(egress["stat_prefix"] == "0.0.0.0_15001")
  }

  @Test func plainHTTPOn443LeavesTLSToOthers() throws {
    var mesh = Mesh.calling()
    mesh.egressFilter = .allowAll
    mesh.virtualRouters[0].listeners[0].port = 443
    let envoy = try Compiling.sidecar(mesh)
    let matches = envoy.chains(try envoy.egress, port: 443).map { $0["filter_chain_match"] }
    #expect(matches.first == ["destination_port": 443, "transport_protocol": "raw_buffer"])
    #expect(matches.count == 3)
  }

  @Test func tcpPortsAreNotShared() throws {
    func mesh(_ one: PortProtocol, _ other: PortProtocol) -> Mesh {
      Mesh(
        .dropAll, VirtualNode("web", calls: ["a.local", "b.local"]), VirtualNode("a", one, 5432),
        VirtualNode("b", other, 5432), VirtualService("a.local", node: "a"),
        VirtualService("b.local", node: "b"))
    }
    #expect(Compiling.errors(mesh(.tcp, .tcp)) == ["tcp-port"])
    #expect(Compiling.errors(mesh(.http, .tcp)) == ["tcp-port"])
    #expect(Compiling.errors(mesh(.http, .http)) == [])
    do throws(MeshCompileError) {
      _ = try MeshCompiler(mesh(.tcp, .http)).sidecar(node: "web", server: Compiling.server)
    } catch {
      #expect(
        "\(error)" == """
          mesh.yaml:1: /web: Services 'a.local', 'b.local' share port 5432, and one of them is TCP. \
          TCP connections carry no host name, so that service would get the connections of all. \
          Give the services' routers different ports.
          """)
    }
  }

  @Test func aServiceWithoutProviderHasNoRoutes() throws {
    var mesh = Mesh.calling()
    mesh.virtualServices.append(.init(name: "empty.local", origin: .test("empty")))
    mesh.virtualNodes[0].backends.append(.init(virtualServiceName: "empty.local"))
    let envoy = try Compiling.sidecar(mesh)
    #expect(try envoy.routes("empty.local").isEmpty)
    #expect(try envoy.routes("api.local").count == 1)
    #expect(envoy.warnings == ["discovery-by-dns"])
  }

  @Test func aNodeAsProviderGetsTheDefaults() throws {
    let mesh = Mesh(
      .dropAll, VirtualNode("web", calls: ["api.local"]), api,
      VirtualService("api.local", node: "api"))
    let envoy = try Compiling.sidecar(mesh)
    let route = try #require(envoy.routes("api.local", port: 3000).first)
    #expect(route.at("route/timeout") == "15s")
    #expect(route.at("route/retry_policy/num_retries") == 2)
    #expect(
      try envoy.routeTable(egress: 3000).all("domains") == [["api.local", "api.local:3000"]])
  }

  @Test func whatIsMissingIsSaidAndTheRestIsCompiled() throws {
    var mesh = Mesh.calling(
      .http, { $0.weightedTargets.append(.init(virtualNode: "gone", weight: 1)) })
    mesh.virtualNodes[0].backends.append(.init(virtualServiceName: "gone.local"))
    let envoy = try Compiling.sidecar(mesh)
    #expect(
      envoy.warnings == [
        "discovery-by-dns", "unknown-virtual-node", "unknown-virtual-service",
      ])
    #expect(
      try envoy.route.at("route/weighted_clusters/clusters/1")
        == ["name": "cds_egress_m_nowhere", "weight": 1])
    #expect(try envoy.cluster("cds_egress_m_nowhere").all("endpoints").isEmpty)
  }
}
