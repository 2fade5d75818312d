import AppMesh
import EnvoyBootstrap
import LosslessJSON
import RealEnvoy
import Surroundings
import Testing

/// Terraform states and plans give the same meshes as equivalent CloudFormation templates.
struct TerraformTests {
  /// Attributes as the provider writes them, with 0, "" and empty lists for values that are not set.
  private static func attributes(_ node: String, port: Int) -> String {
    let backends =
      node == "web"
      ? #"[{"virtual_service": [{"client_policy": [], "virtual_service_name": "api.local"}]}]"#
      : "[]"
    return """
      {"arn": "arn:aws:appmesh:us-east-1:1:mesh/m/virtualNode/\(node)", "id": "x", "mesh_name": "m",
       "mesh_owner": "1", "name": "\(node)", "region": "us-east-1", "tags": null, "spec": [{
        "backend": \(backends),
        "backend_defaults": [{"client_policy": [{"tls": [{"certificate": [], "enforce": false,
          "ports": [8443], "validation": [{"subject_alternative_names": [{"match": [
          {"exact": ["a.local"]}]}], "trust": [{"acm": [], "file": [
          {"certificate_chain": "/ca.pem"}], "sds": []}]}]}]}]}],
        "listener": [{"connection_pool": [{"grpc": [], "http": [{"max_connections": 100,
          "max_pending_requests": 0}], "http2": [], "tcp": []}], "health_check": [{
          "healthy_threshold": 2, "interval_millis": 5000, "path": "/ping", "port": 0,
          "protocol": "http", "timeout_millis": 2000, "unhealthy_threshold": 2}],
          "outlier_detection": [], "port_mapping": [{"port": \(port), "protocol": "http"}],
          "timeout": [{"grpc": [], "http": [{"idle": [], "per_request": [
          {"unit": "s", "value": 0}]}], "http2": [], "tcp": []}], "tls": []}],
        "logging": [{"access_log": [{"file": [{"format": [{"json": [
          {"key": "a", "value": "%PROTOCOL%"}], "text": ""}], "path": "/dev/stdout"}]}]}],
        "service_discovery": [{"aws_cloud_map": [{"attributes": {"v": "1"},
          "namespace_name": "x.local", "service_name": "\(node)"}], "dns": []}]}]}
      """
  }

  private static let others: [(type: String, attributes: String)] = [
    (
      "aws_appmesh_mesh",
      #"{"name": "m", "spec": [{"egress_filter": [{"type": "ALLOW_ALL"}], "service_discovery": []}]}"#
    ),
    (
      "aws_appmesh_virtual_router",
      """
      {"name": "r", "mesh_name": "m", "spec": [{"listener": [
        {"port_mapping": [{"port": 80, "protocol": "http"}]}]}]}
      """
    ),
    (
      "aws_appmesh_route",
      """
      {"name": "a", "mesh_name": "m", "virtual_router_name": "r", "spec": [{"grpc_route": [],
        "http2_route": [], "tcp_route": [], "priority": 0, "http_route": [{"match": [{"header": [
        {"invert": false, "match": [{"exact": "2", "prefix": "", "range": [], "regex": "",
        "suffix": ""}], "name": "x-v"}], "method": "", "path": [], "port": 0, "prefix": "/",
        "query_parameter": [], "scheme": ""}], "action": [{"weighted_target": [
        {"port": 0, "virtual_node": "api", "weight": 90},
        {"port": 0, "virtual_node": "web", "weight": 0}]}], "retry_policy": [{
        "grpc_retry_events": [], "http_retry_events": ["server-error"], "max_retries": 0,
        "per_retry_timeout": [{"unit": "s", "value": 15}], "tcp_retry_events": []}],
        "timeout": []}]}]}
      """
    ),
    (
      "aws_appmesh_virtual_service",
      """
      {"name": "api.local", "mesh_name": "m", "spec": [{"provider": [{"virtual_node": [],
        "virtual_router": [{"virtual_router_name": "r"}]}]}]}
      """
    ),
    (
      "aws_appmesh_virtual_gateway",
      """
      {"name": "door", "mesh_name": "m", "spec": [{"backend_defaults": [], "logging": [],
        "listener": [{"connection_pool": [], "health_check": [], "tls": [],
        "port_mapping": [{"port": 8080, "protocol": "http"}]}]}]}
      """
    ),
    (
      "aws_appmesh_gateway_route",
      """
      {"name": "all", "mesh_name": "m", "virtual_gateway_name": "door", "spec": [{"priority": 0,
        "grpc_route": [], "http2_route": [], "http_route": [{"match": [{"header": [],
        "hostname": [], "path": [], "port": 0, "prefix": "/", "query_parameter": []}],
        "action": [{"rewrite": [], "target": [{"port": 0, "virtual_service": [
        {"virtual_service_name": "api.local"}]}]}]}]}]}
      """
    ),
  ]

  /// A state of version 4, with the nodes in a module with `for_each`.
  private static let state: String = {
    let single = others.map { type, attributes in
      """
      {"mode": "managed", "type": "\(type)", "name": "x",
        "instances": [{"schema_version": 0, "attributes": \(attributes)}]}
      """
    }
    let nodes = """
      {"module": "module.nodes[\\"a\\"]", "mode": "managed", "type": "aws_appmesh_virtual_node",
        "name": "n", "instances": [
        {"index_key": "api", "attributes": \(attributes("api", port: 8081))},
        {"index_key": "web", "attributes": \(attributes("web", port: 8080))}]}
      """
    return """
      {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "outputs": {},
       "resources": [\((single + [nodes]).joined(separator: ", "))]}
      """
  }()

  /// `terraform show -json` of a state or a plan, with the nodes in a nested module.
  private static func shown(_ key: String) -> String {
    func resource(_ type: String, _ values: String) -> String {
      """
      {"address": "x", "mode": "managed", "type": "\(type)", "name": "x", "values": \(values)}
      """
    }
    let nodes = [("api", 8081), ("web", 8080)].map { name, port in
      resource("aws_appmesh_virtual_node", attributes(name, port: port))
    }
    return """
      {"format_version": "1.0", "terraform_version": "1.11.4", "\(key)": {"root_module": {
        "resources": [\(others.map { resource($0.type, $0.attributes) }.joined(separator: ", "))],
        "child_modules": [{"address": "module.a", "child_modules": [{"address": "module.a.module.b",
          "resources": [\(nodes.joined(separator: ", "))]}]}]}}}
      """
  }

  private static let twin: String = {
    func node(_ name: String, _ port: Int, _ backends: String) -> String {
      """
        Node\(port):
          Type: AWS::AppMesh::VirtualNode
          Properties:
            MeshName: m
            VirtualNodeName: \(name)
            Spec:
              Backends: \(backends)
              BackendDefaults: {ClientPolicy: {TLS: {Enforce: false, Ports: [8443], Validation:
                {SubjectAlternativeNames: {Match: {Exact: [a.local]}},
                 Trust: {File: {CertificateChain: /ca.pem}}}}}}
              Listeners:
              - PortMapping: {Port: \(port), Protocol: http}
                ConnectionPool: {HTTP: {MaxConnections: 100}}
                HealthCheck: {HealthyThreshold: 2, IntervalMillis: 5000, Path: /ping,
                  Protocol: http, TimeoutMillis: 2000, UnhealthyThreshold: 2}
                Timeout: {HTTP: {PerRequest: {Unit: s, Value: 0}}}
              Logging: {AccessLog: {File: {Path: /dev/stdout, Format: {Json: [
                {Key: a, Value: "%PROTOCOL%"}]}}}}
              ServiceDiscovery: {AWSCloudMap: {ServiceName: \(name), NamespaceName: x.local,
                Attributes: [{Key: v, Value: "1"}]}}

      """
    }
    return """
      Resources:
        Mesh: {Type: AWS::AppMesh::Mesh, Properties: {MeshName: m, Spec: {EgressFilter: {
          Type: ALLOW_ALL}}}}
        Router: {Type: AWS::AppMesh::VirtualRouter, Properties: {MeshName: m, VirtualRouterName: r,
          Spec: {Listeners: [{PortMapping: {Port: 80, Protocol: http}}]}}}
        Route: {Type: AWS::AppMesh::Route, Properties: {MeshName: m, VirtualRouterName: r,
          RouteName: a, Spec: {HttpRoute: {Match: {Prefix: /, Headers: [{Name: x-v, Match: {
          Exact: "2"}}]}, Action: {WeightedTargets: [{VirtualNode: api, Weight: 90},
          {VirtualNode: web, Weight: 0}]}, RetryPolicy: {HttpRetryEvents: [server-error],
          MaxRetries: 0, PerRetryTimeout: {Unit: s, Value: 15}}}}}}
        Service: {Type: AWS::AppMesh::VirtualService, Properties: {MeshName: m,
          VirtualServiceName: api.local, Spec: {Provider: {VirtualRouter: {
          VirtualRouterName: r}}}}}
        Gateway: {Type: AWS::AppMesh::VirtualGateway, Properties: {MeshName: m,
          VirtualGatewayName: door, Spec: {Listeners: [{PortMapping: {Port: 8080,
          Protocol: http}}]}}}
        All: {Type: AWS::AppMesh::GatewayRoute, Properties: {MeshName: m,
          VirtualGatewayName: door, GatewayRouteName: all, Spec: {HttpRoute: {Match: {Prefix: /},
          Action: {Target: {VirtualService: {VirtualServiceName: api.local}}}}}}}

      """ + node("api", 8081, "[]")
        + node("web", 8080, "[{VirtualService: {VirtualServiceName: api.local}}]")
  }()

  @Test(arguments: [state, shown("values"), shown("planned_values")])
  func theMeshIsThatOfTheTemplate(text: String) throws {
    let mesh = try Reading.read(text).mesh
    let twin = try Reading.read(Self.twin).mesh
    #expect(mesh.withoutOrigins == twin.withoutOrigins)
    let envoys = [
      try Compiling.sidecar(mesh), try Compiling.sidecar(mesh, "api"),
      try Compiling.gateway(mesh, "door"),
    ]
    let twins = [
      try Compiling.sidecar(twin), try Compiling.sidecar(twin, "api"),
      try Compiling.gateway(twin, "door"),
    ]
    #expect(envoys.map(\.json) == twins.map(\.json))
  }

  @Test func namespacesWithoutDNSAreFound() throws {
    let cloudMap = """
      {"format_version": "1.0", "values": {"root_module": {"resources": [
        {"type": "aws_service_discovery_http_namespace", "values": {"id": "ns-1", "name": "x.local"}},
        {"type": "aws_service_discovery_service", "values": {"name": "api", "dns_config": [
          {"namespace_id": "ns-1", "dns_records": [{"type": "SRV"}]}]}},
        {"type": "aws_appmesh_mesh", "values": {"name": "m", "spec": []}},
        {"type": "aws_appmesh_virtual_node", "values": \(Self.attributes("api", port: 80))}]}}}
      """
    #expect(try Reading.read(cloudMap).mesh.node("api").lackOfRecords == .httpNamespace)
    let dns = cloudMap.replacing("http_namespace", with: "private_dns_namespace")
    #expect(try Reading.read(dns).mesh.node("api").lackOfRecords == .noAddressRecords)
  }

  private static let realPlan = Folders.shared("cases/terraform/plan.json")

  /// A plan that Terraform made, with `for_each`, and the same mesh as a template.
  @Test(.enabled(if: realPlan != nil, "no ../shared/cases/terraform, and SHARED_DIR names none"))
  func thePlanOfTerraformItselfIsThatOfTheTemplate() throws {
    let plan = try Reading.read(Folders.text(#require(Self.realPlan))).mesh
    let twin = try Reading.read(Self.realTwin).mesh
    #expect(plan.withoutOrigins == twin.withoutOrigins)
    for node in ["web", "orders", "payments"] {
      #expect(try Compiling.sidecar(plan, node).json == Compiling.sidecar(twin, node).json)
    }
    #expect(try Compiling.gateway(plan, "door").json == Compiling.gateway(twin, "door").json)
  }

  private static let realTwin: String = {
    func node(_ name: String, _ port: Int, _ backends: String = "[]") -> String {
      """
        Node\(port):
          Type: AWS::AppMesh::VirtualNode
          Properties:
            MeshName: shop
            VirtualNodeName: \(name)
            Spec:
              Backends: \(backends)
              BackendDefaults: {ClientPolicy: {TLS: {Enforce: false, Ports: [8081], Validation:
                {Trust: {File: {CertificateChain: /certs/ca.pem}}}}}}
              Listeners:
              - PortMapping: {Port: \(port), Protocol: http}
                ConnectionPool: {HTTP: {MaxConnections: 100}}
                HealthCheck: {HealthyThreshold: 2, IntervalMillis: 5000, Path: /ping,
                  Protocol: http, TimeoutMillis: 2000, UnhealthyThreshold: 2}
                OutlierDetection: {BaseEjectionDuration: {Unit: s, Value: 30},
                  Interval: {Unit: s, Value: 10}, MaxEjectionPercent: 50, MaxServerErrors: 5}
                Timeout: {HTTP: {PerRequest: {Unit: s, Value: 0}}}
              Logging: {AccessLog: {File: {Path: /dev/stdout}}}
              ServiceDiscovery: {AWSCloudMap: {ServiceName: \(name), NamespaceName: shop.local}}

      """
    }
    func service(_ name: String, _ provider: String) -> String {
      """
        Service\(name): {Type: AWS::AppMesh::VirtualService, Properties: {MeshName: shop,
          VirtualServiceName: \(name).shop.local, Spec: {Provider: \(provider)}}}

      """
    }
    return """
      Resources:
        Mesh: {Type: AWS::AppMesh::Mesh, Properties: {MeshName: shop, Spec: {EgressFilter: {
          Type: ALLOW_ALL}}}}
        Router: {Type: AWS::AppMesh::VirtualRouter, Properties: {MeshName: shop,
          VirtualRouterName: orders, Spec: {Listeners: [{PortMapping: {Port: 8081,
          Protocol: http}}]}}}
        Route: {Type: AWS::AppMesh::Route, Properties: {MeshName: shop, VirtualRouterName: orders,
          RouteName: orders, Spec: {Priority: 10, HttpRoute: {Match: {Prefix: /, Headers: [
          {Name: x-v, Match: {Exact: "2"}}]}, Action: {WeightedTargets: [
          {VirtualNode: orders, Weight: 90}, {VirtualNode: payments, Weight: 0}]},
          RetryPolicy: {HttpRetryEvents: [server-error], MaxRetries: 1,
          PerRetryTimeout: {Unit: s, Value: 15}}}}}}
        Gateway: {Type: AWS::AppMesh::VirtualGateway, Properties: {MeshName: shop,
          VirtualGatewayName: door, Spec: {Listeners: [{PortMapping: {Port: 8080,
          Protocol: http}}]}}}
        All: {Type: AWS::AppMesh::GatewayRoute, Properties: {MeshName: shop,
          VirtualGatewayName: door, GatewayRouteName: all, Spec: {HttpRoute: {Match: {Prefix: /},
          Action: {Target: {VirtualService: {VirtualServiceName: web.shop.local}}}}}}}

      """ + service("orders", "{VirtualRouter: {VirtualRouterName: orders}}")
        + service("web", "{VirtualNode: {VirtualNodeName: web}}")
        + service("payments", "{VirtualNode: {VirtualNodeName: payments}}")
        + node("orders", 8081) + node("payments", 8082)
        + node(
          "web", 8080,
          "[{VirtualService: {VirtualServiceName: orders.shop.local}}, "
            + "{VirtualService: {VirtualServiceName: payments.shop.local}}]")
  }()
}
