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
        #expect(address == (listener["name"] == "egress" ? "127.0.0.1" : "0.0.0.0"))
      }
    }
  }

  @Test func theIngressLeadsOnlyToTheApplicationsPorts() throws {
    for bootstrap in try Combinations.sidecars() {
      let json = bootstrap.json
      guard let ingress = json["static_resources"]?["listeners"]?.named("ingress") else { continue }
      #expect(ingress["default_filter_chain"] == nil)
      let clusters = json["static_resources"]?["clusters"]?.array ?? []
      let apps = clusters.filter { $0["name"]?.string?.hasPrefix("app_") == true }
      if apps.count == 1 {
        leadsOnly(ingress, to: try #require(apps[0]["name"]?.string))
      } else {
        leadsToTheClusterOfThePort(ingress)
      }
      for app in apps {
        let port = try #require(Int(app["name"]?.string?.dropFirst(4) ?? ""))
        #expect(app["type"] == "ORIGINAL_DST")
        #expect(app["original_dst_lb_config"] == ["upstream_port_override": .integer(port)])
      }
    }
  }

  /// Expects that every chain leads to the only port.
  private func leadsOnly(_ ingress: JSONValue, to cluster: String) {
    let chains = ingress["filter_chains"]?.array ?? []
    for chain in chains {
      let port = chain["filter_chain_match"]?["destination_port"]?.integer
      #expect(port.map { "app_\($0)" } == cluster)
      #expect(Set(chain.all("cluster")) == [.string(cluster)])
    }
    #expect(!chains.isEmpty && ingress["filter_chain_matcher"] == nil)
  }

  private func leadsToTheClusterOfThePort(_ ingress: JSONValue) {
    let noted = ingress.all("on_new_connection").flatMap { $0.all("inline_string") }
    #expect(Set(noted) == ["app_%DOWNSTREAM_LOCAL_PORT%"])
    for route in ingress.all("routes").flatMap({ $0.array ?? [] }) {
      #expect(route["match"]?.all("exact").first == route["route"]?["cluster"])
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
    let json = try json([
      AppPort(80), AppPort(90), AppPort(91), AppPort(82, .http), AppPort(3306),
    ])
    let ingress = try listener("ingress", in: json)
    let inspector = try #require(
      ingress["listener_filters"]?.named("http_inspector"))
    #expect(
      inspector["filter_disabled"]?.compactText
        == #"{"not_match":{"or_match":{"rules":["#
        + #"{"destination_port_range":{"start":80,"end":81}},"#
        + #"{"destination_port_range":{"start":90,"end":92}}]}}}"#)
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

  /// A port that is unknown until deployment can be named by itself, but not in a range.
  @Test func portsMayBeVariables() throws {
    let json = try json([
      AppPort(.variable("${One}")), AppPort(.variable("${Two}"), .http), AppPort(82, .http),
    ])
    let addresses = try cluster("app_${One}", in: json).all("upstream_port_override")
    #expect(addresses == ["${One}"])
    let ingress = try listener("ingress", in: json)
    let ranges = try #require(ingress["listener_filters"]).all("start").compactMap(\.integer)
    let plain = AppPort.opaque.union([82])
    #expect(ranges == plain.filter { !plain.contains($0 - 1) }.map(Int.init).sorted())
    let byPort = try #require(ingress["filter_chain_matcher"]?["on_no_match"]?["matcher"])
    #expect(chains(byPort) == ["${Two}=http", "82=http"])
  }

  /// The keys of the matcher, with the last word of the name of each chain.
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
    #expect(hosts.named("web")?["routes"]?[0]?["route"]?["timeout"] == "0s")
    #expect(hosts.named("rpc")?["routes"]?[0]?["route"]?["timeout"] == "0s")
    #expect(hosts.named("rpc")?.all("grpc_timeout_header_max") == ["0s"])
    #expect(try cluster("web", in: json)["cluster_type"]?["name"] == "envoy.clusters.dns")
    #expect(try cluster("api.example.com", in: json)["type"] == "STATIC")
  }

  @Test func onlyPortsWhereHTTPIsLikelyOrDeclaredAreSniffedOutbound() throws {
    let upstreams = try Combinations.upstreams(
      "web=web.internal:7070", "db=db.internal:9090/tcp", "api.example.com=api:443/tcp")
    let sidecar = StaticSidecar(
      server: server, appPorts: [], upstreams: upstreams, egressHTTPPorts: [6000, 6001],
      egressTCPPorts: [6001, 3000])
    let inspector = try listener("egress", in: try sidecar.bootstrap().json)["listener_filters"]?
      .named("http_inspector")
    let ranges = try #require(inspector?["filter_disabled"]?["not_match"])
      .all("destination_port_range").map {
        "\($0["start"]?.integer ?? 0)-\($0["end"]?.integer ?? 0)"
      }
    #expect(
      ranges == [
        "80-81", "5000-5001", "6000-6001", "7070-7071", "8000-8100", "8888-8889", "50051-50052",
      ])
  }

  @Test func everyConnectionIsBoundedAndNothingIsCutForSilence() throws {
    for bootstrap in try Combinations.sidecars() {
      let resources = bootstrap.json["static_resources"]
      let listeners = resources?["listeners"]?.array ?? []
      for listener in listeners where listener["name"] != "metrics" {
        #expect(listener["per_connection_buffer_limit_bytes"] == 65_536)
        #expect(listener["tcp_keepalive"] == ["keepalive_time": 300])
        for proxy in listener.all("typed_config") where proxy["cluster"] != nil {
          #expect(proxy["idle_timeout"] == "0s")
        }
        for manager in listener.all("typed_config") where manager["route_config"] != nil {
          #expect(manager["stream_idle_timeout"] == "0s")
          #expect(manager["request_headers_timeout"] == "60s")
        }
      }
    }
  }

  @Test func requestIDsAreMadeOnlyForTraces() throws {
    #expect(try json([AppPort(80)]).all("generate_request_id") == [false, false])
    var server = server
    server.tracing = .xray(samplingRate: 0.05)
    let traced = try StaticSidecar(server: server, appPorts: [AppPort(80)]).bootstrap().json
    #expect(traced.all("generate_request_id").isEmpty)
  }

  @Test func onePortTakesAtMost13KB() throws {
    var server = server
    server.memoryMiB = 512
    let sidecar = StaticSidecar(server: server, appPorts: [AppPort(8080)])
    #expect(try sidecar.bootstrap().json.compactText.utf8.count <= 13_000)
  }

  @Test(arguments: [
    (AccessLogging.Selection.all, 0), (.errors, 4), (.sampled(perMillion: 5000), 4), (.none, 0),
  ])
  func theAccessLogIsFiltered(selection: AccessLogging.Selection, filters: Int) throws {
    var server = server
    server.accessLogging = AccessLogging(selection)
    let json = try StaticSidecar(server: server, appPorts: [AppPort(8080)]).bootstrap().json
    #expect(json.all("filter").count == filters)
    #expect(json.all("access_log").count == (selection == .none ? 0 : 4))
    #expect(
      Set(json.all("numerator")) == (selection == .sampled(perMillion: 5000) ? [5000] : []))
    #expect(json.all("path").allSatisfy { $0 == "%PATH(NQ:PATH)%" })
  }

  @Test func fieldsOfTheLogAreChosen() throws {
    var server = server
    server.accessLogging = AccessLogging(
      .all, fields: [.path, .duration, .connectionTerminationDetails])
    let json = try StaticSidecar(server: server, appPorts: [AppPort(8080)]).bootstrap().json
    let connections =
      #"{"duration_ms":"%DURATION%","#
      + #""connection_termination_details":"%CONNECTION_TERMINATION_DETAILS%"}"#
    #expect(
      Set(json.all("json_format").map(\.compactText)) == [
        #"{"path":"%PATH(NQ:PATH)%","duration_ms":"%DURATION%"}"#, connections,
      ])
  }

  @Test func aGatewayBelievesOnlyTheProxiesBeforeIt() throws {
    for hops in [0, 2] {
      let gateway = StaticGateway(
        server: server, upstreams: try Combinations.upstreams("a=a:80"), trustedHops: hops)
      let json = try gateway.bootstrap().json
      #expect(json.all("use_remote_address") == [true])
      #expect(json.all("xff_num_trusted_hops") == (hops == 0 ? [] : [2]))
      #expect(json.all("headers_with_underscores_action") == ["REJECT_REQUEST"])
      #expect(json.all("path_with_escaped_slashes_action") == ["UNESCAPE_AND_REDIRECT"])
      #expect(json.all("health_check").isEmpty)
    }
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
