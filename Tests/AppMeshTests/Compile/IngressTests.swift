import AppMesh
import LosslessJSON
import Testing

struct IngressTests {
  func chain(_ node: VirtualNode) throws -> JSONValue {
    let envoy = try Compiling.sidecar(Mesh(.dropAll, node), node.name)
    return try #require(envoy.ingress["filter_chains"]?.array?.first)
  }

  @Test func requestsToThePortReachTheApplication() throws {
    let envoy = try Compiling.sidecar(Mesh(.dropAll, VirtualNode("web", .http, 3000)))
    let listener = try envoy.ingress
    #expect(
      listener.at("address/socket_address") == ["address": "0.0.0.0", "port_value": 15000])
    #expect(listener.all("name").first == "lds_ingress_0.0.0.0_15000")
    #expect(listener["listener_filters"]?.all("name") == ["original_dst"])
    let chain = try #require(envoy.chains(listener, port: 3000).first)
    let manager = try #require(chain.at("filters/0/typed_config"))
    #expect(manager["stat_prefix"] == "ingress")
    #expect(manager["normalize_path"] == true && manager["merge_slashes"] == true)
    #expect(manager["path_with_escaped_slashes_action"] == "KEEP_UNCHANGED")
    #expect(manager["use_remote_address"] == nil && manager["access_log"] == nil)
    #expect(manager.at("route_config/name") == "rds_ingress_http_3000")
    let cluster = try envoy.cluster("cds_ingress_m_web_http_3000")
    #expect(cluster["connect_timeout"] == "0.250s")
    #expect(cluster.all("socket_address") == [["address": "127.0.0.1", "port_value": 3000]])
    #expect(envoy.envoy.appPorts == [3000])
    #expect(envoy.json["node"]?["id"] == "mesh/m/virtualNode/web")
    #expect(envoy.json["node"]?["cluster"] == "mesh/m/virtualNode/web")
  }

  @Test func withoutListenersThereIsNone() throws {
    let envoy = try Compiling.sidecar(Mesh(.dropAll, VirtualNode("web")))
    #expect(envoy.listeners.compactMap { $0["name"] } == ["lds_egress_0.0.0.0_15001"])
    #expect(envoy.envoy.appPorts.isEmpty)
  }

  @Test func eachPortLeadsToItsOwn() throws {
    let envoy = try Compiling.sidecar(Mesh(.dropAll, VirtualNode("web", .http, 8081, 8080)))
    for port in [8080, 8081] {
      let chain = try #require(envoy.chains(try envoy.ingress, port: port).first)
      #expect(chain.all("cluster") == [.string("cds_ingress_m_web_http_\(port)")])
    }
  }

  @Test func tcpIsPassedOn() throws {
    var node = VirtualNode("db", .tcp, 5432)
    node.listeners[0].timeout = .init(idle: .seconds(60))
    let proxy = try chain(node).at("filters/0/typed_config")
    #expect(proxy?["stat_prefix"] == "ingress" && proxy?["idle_timeout"] == "60s")
    #expect(proxy?["cluster"] == "cds_ingress_m_db_tcp_5432")
  }

  @Test(arguments: [PortProtocol.http2, .grpc]) func http2IsSpoken(spoken: PortProtocol) throws {
    let envoy = try Compiling.sidecar(Mesh(.dropAll, VirtualNode("web", spoken, 3000)))
    let cluster = try envoy.cluster("cds_ingress_m_web_\(spoken.rawValue)_3000")
    #expect(cluster.all("explicit_http_config").first?["http2_protocol_options"] != nil)
  }

  @Test(arguments: [
    (ConnectionPool.http(maxConnections: 2, maxPendingRequests: 1), "max_connections", 2),
    (.http(maxConnections: 2, maxPendingRequests: nil), "max_pending_requests", 2_147_483_647),
    (.http2(maxRequests: 5), "max_requests", 5), (.grpc(maxRequests: 5), "max_requests", 5),
    (.tcp(maxConnections: 7), "max_connections", 7),
  ])
  func poolsLimitTheApplication(pool: ConnectionPool, key: String, limit: Int) throws {
    var node = VirtualNode("web", .http, 3000)
    node.listeners[0].connectionPool = pool
    let envoy = try Compiling.sidecar(Mesh(.dropAll, node))
    let cluster = try envoy.cluster("cds_ingress_m_web_http_3000")
    #expect(cluster.at("circuit_breakers/thresholds/0/\(key)") == .integer(limit))
    #expect(cluster.at("circuit_breakers/thresholds/0/max_retries") == 2_147_483_647)
  }

  @Test(arguments: [(nil, "15s"), (Duration.zero, "0s"), (.seconds(60), "60s")])
  func listenersLimitRequests(timeout: Duration?, text: String) throws {
    var node = VirtualNode("web", .http, 3000)
    node.listeners[0].timeout = .init(perRequest: timeout, idle: .seconds(20))
    let chain = try chain(node)
    #expect(chain.all("timeout") == [.string(text)])
    #expect(chain.all("idle_timeout") == ["20s"])
  }

  @Test func accessLogsAreThoseOfTheNode() throws {
    var node = VirtualNode("web", .http, 3000)
    node.accessLog = .init(path: "/dev/stdout")
    #expect(
      try chain(node).all("access_log").first?.compactText
        == #"[{"name":"stdout","typed_config":{"@type":"type.googleapis.com/"#
        + #"envoy.extensions.access_loggers.stream.v3.StdoutAccessLog"}}]"#)
    node.accessLog = .init(path: "/tmp/log", format: .text("%RESPONSE_CODE%"))
    let envoy = try Compiling.sidecar(Mesh(.allowAll, node))
    #expect(Set(envoy.json.all("path")) == ["/tmp/log"])
    // Ingress, passthrough and AWS.
    #expect(envoy.json.all("inline_string").count == 4)
    #expect(envoy.json.all("inline_string").first == "%RESPONSE_CODE%")
    #expect(envoy.warnings == ["access-log-line-end"])
    node.accessLog = .init(
      path: "/dev/stderr", format: .json([.init(key: "code", value: "%RESPONSE_CODE%")]))
    #expect(try chain(node).all("json_format").first == ["code": "%RESPONSE_CODE%"])
  }

  @Test func addressFamiliesAreThoseOfTheNode() throws {
    var node = VirtualNode("web", .http, 3000)
    node.serviceDiscovery = .dns(
      hostname: "web.internal", responseType: .endpoints, ipPreference: .ipv6Only)
    let envoy = try Compiling.sidecar(Mesh(.dropAll, node))
    #expect(try envoy.ingress["additional_addresses"]?.all("address").last == "::")
    #expect(try envoy.egress["additional_addresses"]?.all("address").last == "::1")
    #expect(
      try envoy.cluster("cds_ingress_m_web_http_3000").all("address").last?.string == "::1")
  }
}
