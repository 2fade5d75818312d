import AppMesh
import ServiceConnect
import Testing

/// A mesh with one loss. It is a variant of a mesh that loses only its egress filter and its service
/// discovery.
struct LossCase: CustomTestStringConvertible, Sendable {
  let code: String
  let level: Loss.Level
  /// The nodes that cannot move because of it.
  let stays: [String]
  var defaults = MeshDefaults.retriesWithoutLimits
  let change: @Sendable (inout Mesh) -> Void

  var testDescription: String { code }

  static let origin = Origin(file: "mesh.yaml", pointer: "", line: 7)

  /// `front` calls `back`, through a router with one route.
  static var mesh: Mesh {
    var mesh = Mesh(name: "m")
    mesh.virtualNodes = ["back", "front"].map { name in
      var node = VirtualNode(name: name, origin: origin)
      node.listeners = [NodeListener(portMapping: .init(port: 8080, protocol: .http))]
      node.serviceDiscovery = .awsCloudMap(
        serviceName: name, namespaceName: "m.local", attributes: [], ipPreference: nil)
      return node
    }
    mesh.virtualNodes[1].backends = [Backend(virtualServiceName: "back.m.local")]
    var router = VirtualRouter(name: "back", origin: origin)
    router.listeners = [.init(port: 80, protocol: .http)]
    var route = MeshRoute(
      name: "all", protocol: .http, weightedTargets: [.init(virtualNode: "back", weight: 1)],
      origin: origin)
    route.match.path = .prefix("/")
    router.routes = [route]
    mesh.virtualRouters = [router]
    mesh.virtualServices = [
      VirtualService(name: "back.m.local", provider: .virtualRouter("back"), origin: origin),
      VirtualService(name: "front.m.local", provider: .virtualNode("front"), origin: origin),
    ]
    return mesh
  }

  private static func error(
    _ code: String, stays: [String] = ["back"], defaults: MeshDefaults = .retriesWithoutLimits,
    _ change: @escaping @Sendable (inout Mesh) -> Void
  ) -> LossCase {
    LossCase(code: code, level: .error, stays: stays, defaults: defaults, change: change)
  }

  private static func warning(
    _ code: String, _ change: @escaping @Sendable (inout Mesh) -> Void
  ) -> LossCase { LossCase(code: code, level: .warning, stays: [], change: change) }

  private static func note(
    _ code: String, _ change: @escaping @Sendable (inout Mesh) -> Void
  ) -> LossCase { LossCase(code: code, level: .note, stays: [], change: change) }

  private static func tls(
    _ mode: ListenerTLS.Mode, _ certificate: Certificate = .acm(certificateARN: "c")
  ) -> ListenerTLS { ListenerTLS(mode: mode, certificate: certificate) }

  private static func policy(_ names: [String] = []) -> ClientPolicy {
    ClientPolicy(
      tls: ClientPolicyTLS(
        validation: TLSValidation(
          trust: .acm(certificateAuthorityARNs: ["arn:ca"]), subjectAlternativeNames: names)))
  }

  static let all: [LossCase] = [
    // Routes.
    error("sc-weights", stays: ["back", "front"]) {
      $0.virtualRouters[0].routes[0].weightedTargets.append(.init(virtualNode: "front", weight: 9))
    },
    error("sc-matches", stays: ["back", "front"]) {
      $0.virtualRouters[0].routes[0].match.headers = [.init(name: "x", method: .present)]
    },
    error("sc-matches", stays: ["back", "front"]) {
      $0.virtualRouters[0].routes[0].match.path = .exact("/a")
    },
    error("sc-matches", stays: ["back", "front"]) {
      $0.virtualRouters[0].routes[0].match.method = "GET"
    },
    error("sc-matches", stays: ["back", "front"]) {
      $0.virtualRouters[0].routes[0].match.scheme = "https"
    },
    error("sc-matches", stays: ["back", "front"]) {
      $0.virtualRouters[0].routes[0].match.queryParameters = [.init(name: "q", exact: "1")]
    },
    error("sc-matches", stays: ["back", "front"]) {
      $0.virtualRouters[0].routes[0].match.grpcServiceName = "a.B"
    },
    error("sc-routes", stays: ["back", "front"]) {
      $0.virtualRouters[0].routes.append($0.virtualRouters[0].routes[0])
      $0.virtualRouters[0].routes[1].name = "second"
    },
    error("sc-protocols", stays: ["back", "front"]) {
      $0.virtualRouters[0].listeners[0].protocol = .grpc
    },
    error("sc-alias-taken", stays: ["back"]) {
      $0.virtualServices.append(
        VirtualService(name: "old.m.local", provider: .virtualNode("back"), origin: origin))
      $0.virtualServices[0].provider = .virtualNode("back")
    },
    error("sc-alias-name", stays: ["front"]) { $0.virtualServices[1].name = "Front.m.local" },
    note("sc-nobody-answers") { $0.virtualServices[0].provider = nil },
    note("sc-nobody-answers") { $0.virtualRouters[0].routes = [] },
    note("sc-without-alias") { $0.virtualServices.removeLast() },
    // Retries and timeouts.
    error("sc-retries-appear", stays: ["back", "front"]) {
      $0.virtualRouters[0].routes[0].retryPolicy = MeshRetryPolicy(
        maxRetries: 0, perRetryTimeout: .seconds(1))
    },
    error("sc-retries-appear", stays: ["back", "front"]) {
      var policy = MeshRetryPolicy(maxRetries: 2, perRetryTimeout: .seconds(1))
      policy.tcpRetryEvents = ["connection-error"]
      $0.virtualRouters[0].routes[0].retryPolicy = policy
    },
    error("sc-retries-appear", stays: ["back", "front"], defaults: .envoys) { _ in },
    warning("sc-retries-fixed") {
      var policy = MeshRetryPolicy(maxRetries: 5, perRetryTimeout: .seconds(1))
      policy.httpRetryEvents = ["gateway-error"]
      $0.virtualRouters[0].routes[0].retryPolicy = policy
    },
    warning("sc-timeouts-differ") {
      $0.virtualRouters[0].routes[0].timeout = RequestTimeout(perRequest: .seconds(60))
    },
    note("sc-timeout-rounded") {
      $0.virtualRouters[0].routes[0].timeout = RequestTimeout(perRequest: .milliseconds(1500))
      $0.virtualNodes[0].listeners[0].timeout = RequestTimeout(perRequest: .milliseconds(1500))
    },
    // Listeners.
    warning("sc-outlier-detection") {
      $0.virtualNodes[0].listeners[0].outlierDetection = OutlierDetectionPolicy(
        maxServerErrors: 5, interval: .seconds(1), baseEjectionDuration: .seconds(1),
        maxEjectionPercent: 10)
    },
    warning("sc-connection-pool") {
      $0.virtualNodes[0].listeners[0].connectionPool = .http2(maxRequests: 5)
    },
    warning("sc-health-check") {
      $0.virtualNodes[0].listeners[0].healthCheck = HealthCheckPolicy(
        healthyThreshold: 2, unhealthyThreshold: 2, interval: .seconds(5), timeout: .seconds(2),
        protocol: .http)
    },
    warning("sc-tls") {
      $0.virtualNodes[0].listeners[0].tls = tls(.strict)
      $0.virtualNodes[1].backendDefaults = policy()
    },
    error("sc-tls-authority") { $0.virtualNodes[0].listeners[0].tls = tls(.strict) },
    error("sc-tls-permissive") { $0.virtualNodes[0].listeners[0].tls = tls(.permissive) },
    error("sc-tls-files") {
      $0.virtualNodes[0].listeners[0].tls = tls(
        .strict, .file(certificateChain: "/c", privateKey: "/k"))
    },
    error("sc-mtls") {
      $0.virtualNodes[0].listeners[0].tls = tls(.strict)
      $0.virtualNodes[0].listeners[0].tls?.validation = TLSValidation(trust: .sds(secretName: "s"))
    },
    // Nodes.
    error("sc-client-identity", stays: ["front"]) {
      $0.virtualNodes[1].backendDefaults = policy(["back.m.local"])
    },
    error("sc-client-identity", stays: ["front"]) {
      $0.virtualNodes[1].backends[0].clientPolicy = policy()
      $0.virtualNodes[1].backends[0].clientPolicy?.tls?.certificate = .sds(secretName: "s")
    },
    note("sc-client-policy") {
      $0.virtualNodes[1].backendDefaults = policy()
      $0.virtualNodes[1].backendDefaults?.tls?.enforce = false
    },
    note("sc-dns-node") {
      $0.virtualNodes[0].serviceDiscovery = .dns(
        hostname: "db.example.com", responseType: .endpoints, ipPreference: nil)
    },
    note("sc-discovery") { _ in },
    note("sc-becomes-callable") { $0.virtualNodes[0].serviceDiscovery = nil },
    warning("sc-access-log") { $0.virtualNodes[0].accessLog = FileAccessLog(path: "/dev/stdout") },
    warning("sc-access-log-format") {
      $0.virtualNodes[0].accessLog = FileAccessLog(path: "/dev/stdout", format: .text("%PROTOCOL%"))
    },
    warning("sc-access-log-format") {
      $0.virtualNodes[0].accessLog = FileAccessLog(path: "/var/log/a")
    },
    // The mesh.
    warning("sc-egress-open") { _ in },
    note("sc-backends") { $0.egressFilter = .allowAll },
    note("sc-ip-preference") { $0.ipPreference = .ipv4Only },
    warning("sc-namespace") {
      $0.virtualNodes[0].serviceDiscovery = .awsCloudMap(
        serviceName: "back", namespaceName: "other", attributes: [], ipPreference: nil)
    },
    error("sc-gateway", stays: []) {
      $0.virtualGateways = [VirtualGateway(name: "door", origin: origin)]
    },
  ]
}
