import AppMesh
import EnvoyBootstrap
import LosslessJSON
import Testing

struct DiscoveryTests {
  static let name = "cds_egress_m_api_http_3000"

  func cluster(
    _ discovery: ServiceDiscovery? = nil, mesh preference: IPPreference? = nil,
    _ change: (inout NodeListener) -> Void = { _ in }
  ) throws -> JSONValue {
    var mesh = Mesh.calling(
      api: { node in
        node.serviceDiscovery = discovery ?? node.serviceDiscovery
        change(&node.listeners[0])
      })
    mesh.ipPreference = preference
    return try Compiling.sidecar(mesh).cluster(Self.name)
  }

  func cloudMap(
    _ attributes: [ServiceDiscovery.Attribute] = [], _ preference: IPPreference? = nil
  ) -> ServiceDiscovery {
    .awsCloudMap(
      serviceName: "api", namespaceName: "internal", attributes: attributes,
      ipPreference: preference)
  }

  @Test func cloudMapIsAskedByDNS() throws {
    let cluster = try cluster(cloudMap())
    #expect(
      cluster.all("socket_address") == [["address": "api.internal", "port_value": 3000]])
    #expect(cluster.all("dns_lookup_family") == ["V4_PREFERRED"])
    #expect(cluster.all("all_addresses_in_single_endpoint").isEmpty)
    #expect(cluster["connect_timeout"] == "1s")
    // A name server that does not answer must not prevent Envoy from starting.
    #expect(cluster["wait_for_warm_on_init"] == false)
  }

  @Test(arguments: [
    (ServiceDiscovery.ResponseType.loadBalancer, [true]), (.endpoints, []),
  ])
  func addressesAreOneEndpointOrMany(
    type: ServiceDiscovery.ResponseType, single: [JSONValue]
  ) throws {
    let cluster = try cluster(
      .dns(hostname: "api.internal", responseType: type, ipPreference: nil))
    #expect(cluster.all("all_addresses_in_single_endpoint") == single)
    #expect(cluster.all("dns_lookup_family") == ["AUTO"])
  }

  @Test func attributesAreNeverIgnoredSilently() throws {
    let discovery = cloudMap([.init(key: "ECS_TASK_DEFINITION_FAMILY", value: "api")])
    var mesh = Mesh.calling(api: { $0.serviceDiscovery = discovery })
    let byDNS = MeshDiscovery(method: .dns)
    #expect(
      try Compiling.sidecar(mesh, discovery: byDNS).warnings
        == ["cloud-map-attributes-ignored", "discovery-by-dns"])
    var sibling = VirtualNode("api2", .http, 3000)
    sibling.serviceDiscovery = discovery
    mesh.virtualNodes.append(sibling)
    #expect(Compiling.errors(mesh, discovery: byDNS) == ["cloud-map-attributes"])
    #expect(try Compiling.sidecar(mesh).warnings.isEmpty)
  }

  @Test func attributesAreAskedOfCloudMap() throws {
    let discovery = cloudMap([
      .init(key: "family", value: "api"), .init(key: "stage", value: "a b"),
    ])
    let envoy = try Compiling.sidecar(.calling(api: { $0.serviceDiscovery = discovery }))
    let cluster = try envoy.cluster(Self.name)
    #expect(cluster["type"] == "EDS")
    #expect(
      cluster.at("eds_cluster_config/service_name")
        == "internal/api?family=api&stage=a b#3000/46")
    let host: JSONValue = "data-servicediscovery.eu-west-1.amazonaws.com"
    let source = try #require(cluster.at("eds_cluster_config/eds_config"))
    #expect(source["initial_fetch_timeout"] == "0.500s")
    #expect(source.at("api_config_source/cluster_names/0") == host)
    #expect(source.at("api_config_source/refresh_delay") == "15s")
    let service = try envoy.cluster("data-servicediscovery.eu-west-1.amazonaws.com")
    #expect(service.all("use_unsigned_payload") == [false])
    #expect(service["wait_for_warm_on_init"] == false)
  }

  /// The registration of an instance has one port.
  @Test func severalListenersKeepTheirPorts() throws {
    var mesh = Mesh.calling(api: { node in
      node.serviceDiscovery = cloudMap([], .ipv6Only)
      node.listeners.append(.init(portMapping: .init(port: 3001, protocol: .http)))
    })
    mesh.virtualRouters[0].routes[0].weightedTargets[0].port = 3000
    let all = MeshDiscovery(method: .cloudMap, interval: .seconds(60))
    let cluster = try Compiling.sidecar(mesh, discovery: all).cluster(Self.name)
    #expect(cluster.at("eds_cluster_config/service_name") == "internal/api#3000!/6")
    #expect(cluster.all("refresh_delay") == ["60s"])
  }

  @Test(arguments: [LackOfRecords.httpNamespace, .noAddressRecords])
  func cloudMapIsAskedWhereDNSLacksRecords(lack: LackOfRecords) throws {
    let mesh = Mesh.calling(api: { node in
      node.serviceDiscovery = cloudMap()
      node.lackOfRecords = lack
    })
    #expect(try Compiling.sidecar(mesh).cluster(Self.name)["type"] == "EDS")
    #expect(
      Compiling.errors(mesh, discovery: .init(method: .dns))
        == [lack == .httpNamespace ? "http-namespace" : "no-address-records"])
    let nowhere = ServerSettings(node: .init(id: "", cluster: ""))
    #expect(Compiling.errors(mesh, server: nowhere) == ["region-unknown"])
  }

  @Test(arguments: ["", "a\"b", "a&b", "a=b", "a#b", "é", "a\\", "a<b", "a\nb", "a/b"])
  func oddAttributesAreRefused(value: String) {
    let mesh = Mesh.calling(api: { node in
      node.serviceDiscovery = cloudMap([.init(key: "stage", value: value)])
    })
    #expect(Compiling.errors(mesh) == ["cloud-map-word"])
  }

  @Test(arguments: [
    (IPPreference.ipv6Preferred, "AUTO"), (.ipv4Preferred, "V4_PREFERRED"),
    (.ipv4Only, "V4_ONLY"), (.ipv6Only, "V6_ONLY"),
  ])
  func theNodesPreferenceCounts(preference: IPPreference, family: String) throws {
    let cluster = try cluster(cloudMap([], preference), mesh: .ipv4Only)
    #expect(cluster.all("dns_lookup_family") == [.string(family)])
    let byMesh = try self.cluster(cloudMap(), mesh: preference)
    #expect(byMesh.all("dns_lookup_family") == [.string(family)])
  }

  @Test(arguments: PortProtocol.allCases) func everyCallerChecksHealth(spoken: PortProtocol) throws
  {
    var policy = HealthCheckPolicy(
      healthyThreshold: 2, unhealthyThreshold: 3, interval: .seconds(5), timeout: .seconds(2),
      protocol: spoken, path: "/ping")
    policy.port = 3001
    let mesh = Mesh.calling(
      spoken == .tcp ? .http : spoken, api: { $0.listeners[0].healthCheck = policy })
    let envoy = try Compiling.sidecar(mesh)
    let cluster = try #require(envoy.clusters.first)
    let check = try #require(cluster.at("health_checks/0"))
    #expect(check["interval"] == "5s" && check["timeout"] == "2s")
    #expect(check["no_traffic_interval"] == "5s" && check["alt_port"] == 3001)
    #expect(check["healthy_threshold"] == 2 && check["unhealthy_threshold"] == 3)
    #expect(cluster["ignore_health_on_host_removal"] == true)
    switch spoken {
    case .tcp: #expect(check["tcp_health_check"] == [:])
    case .grpc: #expect(check["grpc_health_check"] == ["authority": "api.internal:3000"])
    case .http, .http2:
      #expect(check.at("http_health_check/host") == "api.internal:3000")
      #expect(check.at("http_health_check/path") == "/ping")
      #expect(
        check.at("http_health_check/codec_client_type") == (spoken == .http2 ? "HTTP2" : nil))
    }
  }

  @Test func grpcChecksNeedHTTP2() {
    let policy = HealthCheckPolicy(
      healthyThreshold: 2, unhealthyThreshold: 2, interval: .seconds(5), timeout: .seconds(2),
      protocol: .grpc)
    #expect(
      Compiling.errors(.calling(api: { $0.listeners[0].healthCheck = policy }))
        == ["health-check-protocol"])
  }

  @Test func callersLeaveOutliersAlone() throws {
    let cluster = try cluster { listener in
      listener.outlierDetection = .init(
        maxServerErrors: 3, interval: .seconds(10), baseEjectionDuration: .milliseconds(1500),
        maxEjectionPercent: 50)
    }
    #expect(
      cluster["outlier_detection"] == [
        "consecutive_5xx": 3, "interval": "10s", "base_ejection_time": "1.500s",
        "max_ejection_percent": 50, "enforcing_success_rate": 0,
      ])
  }

  @Test func nothingIsLimited() throws {
    let unlimited: JSONValue = 2_147_483_647
    #expect(
      try cluster()["circuit_breakers"] == [
        "thresholds": [
          [
            "max_connections": unlimited, "max_pending_requests": unlimited,
            "max_requests": unlimited, "max_retries": unlimited,
          ]
        ]
      ])
  }
}
