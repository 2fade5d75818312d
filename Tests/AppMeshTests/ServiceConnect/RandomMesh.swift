import AppMesh
import LawTesting

/// Random meshes from a small set of names, ports and policies, so that they often coincide.
struct RandomMesh {
  private var seed: Seed
  private let origin = Origin(file: "m", pointer: "", line: 1)
  private let names = ["a", "b", "C", "d"]
  private let services = ["a.local", "b.local", "Big.local", "d.local"]

  init(_ number: Int) { seed = Seed(number) }

  private mutating func chance(_ percent: Int) -> Bool { seed.number(1...100) <= percent }

  mutating func mesh() -> Mesh {
    var mesh = Mesh(name: "m")
    if chance(50) { mesh.egressFilter = .allowAll }
    if chance(20) { mesh.ipPreference = .ipv4Only }
    mesh.virtualNodes = names.prefix(seed.number(1...4)).map { node($0) }
    mesh.virtualRouters = ["r", "s"].map { router($0) }
    for name in services where chance(80) {
      var service = VirtualService(name: name, origin: origin)
      switch seed.number(0...4) {
      case 0: break
      case 1, 2: service.provider = .virtualNode(seed.pick(names))
      default: service.provider = .virtualRouter(seed.pick(["r", "s", "t"]))
      }
      mesh.virtualServices.append(service)
    }
    if chance(30) { mesh.virtualGateways = [VirtualGateway(name: "door", origin: origin)] }
    return mesh
  }

  private mutating func node(_ name: String) -> VirtualNode {
    var node = VirtualNode(name: name, origin: origin)
    let ports = [UInt16(8080), 9090, 7070].shuffled(using: &seed).prefix(seed.number(0...2))
    node.listeners = ports.map { listener($0) }
    switch seed.number(0...2) {
    case 0: break
    case 1:
      node.serviceDiscovery = .dns(
        hostname: "\(name).dns", responseType: .endpoints, ipPreference: nil)
    default:
      node.serviceDiscovery = .awsCloudMap(
        serviceName: seed.pick(["x", "y"]), namespaceName: seed.pick(["n", "n", "o"]),
        attributes: [], ipPreference: .ipv6Only)
    }
    for service in services where chance(40) {
      node.backends.append(Backend(virtualServiceName: service, clientPolicy: policy()))
    }
    node.backendDefaults = policy()
    if chance(30) { node.accessLog = FileAccessLog(path: seed.pick(["/dev/stdout", "/log"])) }
    return node
  }

  private mutating func policy() -> ClientPolicy? {
    guard chance(30) else { return nil }
    var validation = TLSValidation(
      trust: chance(50)
        ? .acm(certificateAuthorityARNs: [seed.pick(["ca1", "ca1", "ca2"])])
        : .file(certificateChain: "/ca.pem"))
    if chance(30) { validation.subjectAlternativeNames = ["x"] }
    var tls = ClientPolicyTLS(validation: validation)
    tls.enforce = chance(50)
    return ClientPolicy(tls: chance(90) ? tls : nil)
  }

  private mutating func listener(_ port: UInt16) -> NodeListener {
    var listener = NodeListener(
      portMapping: .init(port: port, protocol: seed.pick([.http, .http, .grpc, .tcp])))
    if chance(30) { listener.connectionPool = .http2(maxRequests: 3) }
    if chance(30) {
      listener.healthCheck = HealthCheckPolicy(
        healthyThreshold: 2, unhealthyThreshold: 2, interval: .seconds(5), timeout: .seconds(2),
        protocol: .http)
    }
    if chance(30) {
      listener.outlierDetection = OutlierDetectionPolicy(
        maxServerErrors: 5, interval: .seconds(1), baseEjectionDuration: .seconds(1),
        maxEjectionPercent: 10)
    }
    listener.timeout = timeout()
    if chance(40) {
      listener.tls = ListenerTLS(
        mode: seed.pick([.strict, .strict, .permissive, .disabled]),
        certificate: chance(70) ? .acm(certificateARN: "c") : .sds(secretName: "s"),
        validation: chance(20) ? TLSValidation(trust: .sds(secretName: "s")) : nil)
    }
    return listener
  }

  private mutating func timeout() -> RequestTimeout? {
    guard chance(50) else { return nil }
    let durations: [Duration?] = [
      nil, .zero, .seconds(15), .seconds(60), .milliseconds(1500), .seconds(300),
    ]
    return RequestTimeout(perRequest: seed.pick(durations), idle: seed.pick(durations))
  }

  private mutating func router(_ name: String) -> VirtualRouter {
    var router = VirtualRouter(name: name, origin: origin)
    let ports = [UInt16(80), 8080].prefix(seed.number(1...2))
    router.listeners = ports.map {
      .init(port: $0, protocol: seed.pick([.http, .http, .grpc, .tcp]))
    }
    router.routes = ["one", "two"].prefix(seed.number(0...2)).map { route($0) }
    return router
  }

  private mutating func route(_ name: String) -> MeshRoute {
    let targets = names.shuffled(using: &seed).prefix(seed.number(1...2)).map { node in
      WeightedTarget(
        virtualNode: node, weight: seed.pick([0, 1, 50]), port: seed.pick([nil, nil, 8080, 9090]))
    }
    var route = MeshRoute(
      name: name, protocol: seed.pick([.http, .http, .grpc, .tcp]), weightedTargets: targets,
      origin: origin)
    if chance(70) { route.match.path = .prefix(seed.pick(["/", "/", "/x"])) }
    if chance(20) { route.match.headers = [.init(name: "h", method: .present)] }
    if chance(30) { route.match.port = seed.pick([80, 8080]) }
    if chance(30) { route.priority = 3 }
    if chance(40) {
      var policy = MeshRetryPolicy(maxRetries: seed.number(0...2), perRetryTimeout: .seconds(1))
      policy.httpRetryEvents = seed.pick([[], ["server-error"], ["client-error"]])
      route.retryPolicy = policy
    }
    route.timeout = timeout()
    return route
  }
}
