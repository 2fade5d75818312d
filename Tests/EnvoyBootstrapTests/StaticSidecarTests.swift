import EnvoyBootstrap
import LosslessJSON
import Testing

@Suite struct StaticSidecarTests {
  let server = ServerSettings(node: Combinations.node)

  func json(_ ports: [AppPort], _ upstreams: [Upstream] = []) throws -> JSONValue {
    try StaticSidecar(server: server, appPorts: ports, upstreams: upstreams).bootstrap().json
  }

  func listener(_ name: String, in json: JSONValue) throws -> JSONValue {
    try #require(json["static_resources"]?["listeners"]?.named(name))
  }

  func cluster(_ name: String, in json: JSONValue) throws -> JSONValue {
    try #require(json["static_resources"]?["clusters"]?.named(name))
  }

  @Test func onlyTheIngressIsReachableFromOutside() throws {
    for bootstrap in try Combinations.sidecars() {
      let json = bootstrap.json
      #expect(json["admin"]?.all("address").last?.string == "127.0.0.1")
      for listener in json["static_resources"]?["listeners"]?.array ?? [] {
        let address = listener["address"]?.all("address").last?.string
        #expect(address == (listener["name"] == "ingress" ? "0.0.0.0" : "127.0.0.1"))
      }
    }
  }

  @Test func theIngressLeadsOnlyToTheApplicationsPorts() throws {
    for bootstrap in try Combinations.sidecars() {
      let json = bootstrap.json
      guard let ingress = json["static_resources"]?["listeners"]?.named("ingress") else { continue }
      #expect(ingress["default_filter_chain"] == nil)
      let noted = ingress.all("on_new_connection").flatMap { $0.all("inline_string") }
      #expect(Set(noted) == ["app_%DOWNSTREAM_LOCAL_PORT%"])
      for route in ingress.all("routes").flatMap({ $0.array ?? [] }) {
        #expect(route["match"]?.all("exact").first == route["route"]?["cluster"])
      }
      let clusters = json["static_resources"]?["clusters"]?.array ?? []
      for app in clusters where app["name"]?.string?.hasPrefix("app_") == true {
        let port = try #require(Int(app["name"]?.string?.dropFirst(4) ?? ""))
        #expect(app["type"] == "STATIC")
        #expect(
          app.all("socket_address") == [["address": "127.0.0.1", "port_value": .integer(port)]])
      }
    }
  }

  @Test func withoutPortsThereIsNoIngress() throws {
    let names = try json([]).all("listeners").flatMap { $0.array ?? [] }.map { $0["name"] }
    #expect(names == ["egress"])
  }

  @Test(arguments: [
    (ServiceProtocol.http, "http_protocol_options"), (.http2, "http2_protocol_options"),
    (.grpc, "http2_protocol_options"),
  ])
  func aDeclaredProtocolIsSpokenToTheApplication(spoken: ServiceProtocol, key: String) throws {
    let json = try json([AppPort(8080, spoken)])
    let options = try cluster("app_8080", in: json).all("explicit_http_config")
    #expect(options.first?[key] != nil)
    #expect(try listener("ingress", in: json).all("name").contains("ingress_http"))
    #expect(try listener("ingress", in: json)["listener_filters_timeout"] == nil)
  }

  @Test func onlyUndeclaredPortsAreSniffed() throws {
    let json = try json([AppPort(80), AppPort(81), AppPort(82, .http), AppPort(3306)])
    let ingress = try listener("ingress", in: json)
    let inspector = try #require(
      ingress["listener_filters"]?.named("envoy.filters.listener.http_inspector"))
    #expect(
      inspector["filter_disabled"]?.compactText
        == #"{"not_match":{"or_match":{"rules":["#
        + #"{"destination_port_range":{"start":80,"end":81}},"#
        + #"{"destination_port_range":{"start":81,"end":82}}]}}}"#)
    #expect(ingress["listener_filters_timeout"] == "0.500s")
    #expect(ingress["continue_on_listener_filters_timeout"] == true)
    #expect(
      ingress["filter_chains"]?.array?.compactMap { $0["name"]?.string }
        == ["ingress_http", "ingress_tcp"])
    let byProtocol = try #require(ingress["filter_chain_matcher"])
    #expect(chains(byProtocol) == ["'http/1.0'=http", "'http/1.1'=http", "'h2c'=http"])
    let byPort = try #require(byProtocol["on_no_match"]?["matcher"])
    #expect(chains(byPort) == ["82=http", "3306=tcp"])
    #expect(byPort["on_no_match"]?.all("value") == ["ingress_tcp"])
  }

  /// A port that is decided later can be named by itself, but in no range.
  @Test func portsMayBeVariables() throws {
    let json = try json([
      AppPort(.variable("${One}")), AppPort(.variable("${Two}"), .http), AppPort(82, .http),
    ])
    let addresses = try cluster("app_${One}", in: json).all("port_value")
    #expect(addresses == ["${One}"])
    let ingress = try listener("ingress", in: json)
    let ranges = try #require(ingress["listener_filters"]).all("start").compactMap(\.integer)
    #expect(ranges == AppPort.opaque.union([82]).map(Int.init).sorted())
    let byPort = try #require(ingress["filter_chain_matcher"]?["on_no_match"]?["matcher"])
    #expect(chains(byPort) == ["${Two}=http", "82=http"])
  }

  /// The matcher's keys and the last word of their chains' names.
  func chains(_ matcher: JSONValue) -> [String] {
    let map = matcher["matcher_tree"]?["exact_match_map"]?["map"]?.object ?? []
    return map.map { member in
      let chain = member.value.all("value").first?.string ?? ""
      return "\(member.name)=\(chain.dropFirst("ingress_".count))"
    }
  }

  @Test func withoutSniffedPortsAllOthersAreClosed() throws {
    let ingress = try listener("ingress", in: try json([AppPort(82, .http), AppPort(3306)]))
    let matcher = try #require(ingress["filter_chain_matcher"])
    #expect(chains(matcher) == ["82=http", "3306=tcp"])
    #expect(matcher["on_no_match"] == nil)
  }

  @Test func passingThroughChangesNothing() throws {
    let egress = try listener("egress", in: try json([AppPort(8080)]))
    let manager = try #require(egress["filter_chains"]?[0]?["filters"]?[0]?["typed_config"])
    #expect(manager["server_header_transformation"] == "PASS_THROUGH")
    #expect(manager.all("suppress_envoy_headers") == [true])
    #expect(manager.all("timeout") == ["0s", "0s"])
    #expect(manager["normalize_path"] == nil && manager["merge_slashes"] == nil)
    #expect(egress["default_filter_chain"]?.all("cluster") == ["passthrough"])
  }

  @Test func upstreamsAreFoundByHostPortOrServerName() throws {
    let upstreams = try Combinations.upstreams(
      "web=web.internal:80", "rpc=rpc.internal:81/grpc", "db=db.internal:9010/tcp",
      "api.example.com=10.0.0.1:443/tcp")
    let json = try json([], upstreams)
    let egress = try listener("egress", in: json)
    let chains = try #require(egress["filter_chains"])
    #expect(chains.named("egress_db")?["filter_chain_match"] == ["destination_port": 9010])
    #expect(
      chains.named("egress_api.example.com")?["filter_chain_match"]
        == ["server_names": ["api.example.com"]])
    let hosts = try #require(chains.named("egress_http")?.all("virtual_hosts").first)
    #expect(hosts.array?.compactMap { $0["domains"]?[0]?.string } == ["web", "rpc", "*"])
    #expect(hosts.named("web")?["routes"]?[0]?["route"]?["timeout"] == "15s")
    #expect(hosts.named("rpc")?["routes"]?[0]?["route"]?["timeout"] == "0s")
    #expect(hosts.named("rpc")?.all("grpc_timeout_header_max") == ["0s"])
    #expect(try cluster("web", in: json)["cluster_type"]?["name"] == "envoy.clusters.dns")
    #expect(try cluster("api.example.com", in: json)["type"] == "STATIC")
  }

  @Test func connectionsToTCPUpstreamsAreNotSniffed() throws {
    let json = try json([], Combinations.upstreams("db=db.internal:9010/tcp"))
    let inspector = try listener("egress", in: json)["listener_filters"]?
      .named("envoy.filters.listener.http_inspector")
    let ports = inspector?.all("start").compactMap(\.integer) ?? []
    #expect(ports.contains(9010) && ports.contains(3306) && !ports.contains(80))
  }

  @Test func theHeapIsFourFifthsOfTheContainer() throws {
    var server = server
    server.memoryMiB = 100
    let json = try StaticSidecar(server: server, appPorts: []).bootstrap().json
    #expect(json.all("max_heap_size_bytes") == [.integer(80 * 1_048_576)])
    #expect(try self.json([]).all("actions").isEmpty)
  }

  @Test func theSamplingRateIsAShareForXRayAndPercentForOpenTelemetry() throws {
    var server = server
    server.tracing = .xray(samplingRate: 0.07)
    var json = try StaticSidecar(server: server, appPorts: []).bootstrap().json
    #expect(
      json.all("inline_string")
        == [.string(#"{"version":2,"default":{"fixed_target":1,"rate":0.07}}"#)])
    server.tracing = .openTelemetry(samplingRate: 0.07)
    json = try StaticSidecar(server: server, appPorts: []).bootstrap().json
    #expect(json.all("random_sampling") == [["value": 7]])
  }
}
