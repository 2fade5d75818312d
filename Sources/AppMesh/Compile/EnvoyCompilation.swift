internal import EnvoyBootstrap
internal import LosslessJSON

/// The compilation of one Envoy: the facts it is compiled from, and the clusters and problems collected so
/// far.
///
/// A class, because the compilers of listeners, routes, clusters and TLS add to one collection.
final class EnvoyCompilation {
  /// The properties that virtual nodes and gateways have in common.
  struct Profile {
    var name: String
    /// The kind and name, for messages.
    var title: String
    var origin: Origin
    var accessLog: FileAccessLog?
    /// The policy for backends that do not have one.
    var policy: ClientPolicy?
    var ipPreference: IPPreference?
    /// Replaces ``accessLog``. `nil` if the user did not choose an access log.
    var logging: AccessLogging?
  }

  let profile: Profile
  let index: MeshIndex
  let names: EnvoyNames
  let certificates: MeshCertificates
  let defaults: MeshDefaults
  let discovery: MeshDiscovery
  let live: MeshLive?
  /// `nil` if no region is known.
  let region: AWSRegion?
  let tracing: TracingProvider?
  /// The clusters of the application, or of a gateway's second hop.
  var ingressClusters: [Cluster] = []
  let targets = TargetClusters()
  /// The routes whose weights are live, each once.
  var liveRoutes: [LiveRuntime.Route] = []
  private var otherClusters: [Cluster] = []
  private var problems: Set<Problem> = []
  /// Whether a secret is read from the Secret Discovery Service.
  var usesSecretService = false

  init(
    _ profile: Profile, index: MeshIndex, certificates: MeshCertificates, defaults: MeshDefaults,
    discovery: MeshDiscovery, live: MeshLive?, region: AWSRegion?, tracing: TracingProvider?
  ) {
    self.profile = profile
    self.index = index
    names = EnvoyNames(mesh: index.mesh.name)
    self.certificates = certificates
    self.defaults = defaults
    self.discovery = discovery
    self.live = live
    self.region = region
    self.tracing = tracing
  }

  func note(_ problem: Problem) { problems.insert(problem) }

  /// Adds a cluster that several parts of the configuration can request.
  func add(_ cluster: Cluster) {
    if !otherClusters.contains(cluster) { otherClusters.append(cluster) }
  }

  /// A service of AWS, whose cluster is added. `nil`, with a problem noted, if no region is known.
  ///
  /// - Parameter what: what Envoy finds there, for the problem.
  func service(_ what: String, _ make: (AWSRegion) -> AWSService) -> AWSService? {
    guard let region else {
      note(Problem(.regionUnknown, ["what": what], at: profile.origin))
      return nil
    }
    let service = make(region)
    add(service.cluster)
    return service
  }

  /// The name of the cluster for targets that cannot be called. Other targets do not take over their share
  /// of the requests.
  func nowhere() -> String {
    add(Cluster(name: names.nowhere, discovery: .nowhere))
    return names.nowhere
  }

  /// - Parameter roles: the ports, and the purpose of each.
  func checkPorts(_ roles: [(role: String, port: UInt16)]) {
    var owners: [UInt16: String] = [:]
    for (role, port) in roles {
      if let other = owners.updateValue(role, forKey: port) {
        note(
          Problem(
            Self.portTaken, ["port": "\(port)", "one": other, "other": role], at: profile.origin))
      }
    }
  }

  /// The finished configuration.
  ///
  /// - Throws: the problems, if one of them is an error.
  func finished(
    _ server: ServerSettings, listeners: [Listener], appPorts: [UInt16]
  ) throws(MeshCompileError) -> CompiledEnvoy {
    noteUnendedLines()
    let liveRuntime = liveRuntime()
    if usesSecretService, let path = certificates.sdsSocketPath {
      add(Cluster(name: EnvoyNames.secretService, discovery: .pipe(path), httpVersion: .http2))
    }
    let sorted = problems.inOrder
    guard !sorted.contains(where: { $0.severity == .error }) else { throw .refused(sorted) }
    var bootstrap: Bootstrap
    do { bootstrap = try server.bootstrap() } catch { throw .server(error) }
    bootstrap.listeners += listeners
    bootstrap.liveRuntime = liveRuntime
    bootstrap.clusters += ingressClusters + targets.clusters + otherClusters
    if bootstrap.json.holdsExpression {
      bootstrap.maximumExpressionSize = Self.maximumExpressionSize
    }
    return CompiledEnvoy(
      name: server.node.id, bootstrap: bootstrap, problems: sorted, appPorts: appPorts)
  }

  /// Larger than the program of any expression of 255 characters, which is App Mesh's limit.
  private static let maximumExpressionSize = 1_000_000

  private func noteUnendedLines() {
    guard let log = profile.accessLog, case .text(let text) = log.format, !text.hasSuffix("\n")
    else { return }
    note(Problem(Self.accessLogLineEnd, ["path": log.path], at: profile.origin))
  }
}

extension EnvoyCompilation {
  static let rules = [accessLogLineEnd, portTaken, .regionUnknown]

  private static let accessLogLineEnd = Rule.warning(
    "access-log-line-end",
    "The format of access log {path} does not end with a line break, so Envoy writes all entries "
      + "into one line.",
    fix: #"End the format with \n."#)
  private static let portTaken = Rule.error(
    "listener-port-taken",
    "Port {port} is both the {one} port and the {other} port. Only one listener can have it.",
    fix: "Choose another ingress, egress or admin port.")
}

extension Set<Problem> {
  /// The problems sorted by code, then text, then place, so that the order is deterministic.
  fileprivate var inOrder: [Problem] {
    map { (problem: $0, text: $0.text.description, line: $0.place?.line ?? 0) }
      .sorted { one, other in
        (one.problem.code, one.text, one.problem.place?.file ?? "", one.line)
          < (other.problem.code, other.text, other.problem.place?.file ?? "", other.line)
      }
      .map(\.problem)
  }
}

/// The clusters that an Envoy calls, in the order of their first use.
final class TargetClusters {
  private(set) var clusters: [Cluster] = []
  /// Indices of the clusters for each target. Clusters for the same target differ in their client policies.
  private var variants: [String: [Int]] = [:]

  /// Adds a cluster unless an equal one exists. The first cluster for a target keeps the name that App Mesh
  /// gave it. Clusters with other client policies have the service in their names.
  ///
  /// - Returns: the name of the cluster.
  func add(_ cluster: Cluster, service: String) -> String {
    let rivals = variants[cluster.name] ?? []
    let same = rivals.first { clusters[$0].transportSocket == cluster.transportSocket }
    if let same { return clusters[same].name }
    variants[cluster.name] = rivals + [clusters.count]
    var kept = cluster
    if !rivals.isEmpty { kept.name += "_" + service }
    clusters.append(kept)
    return kept.name
  }
}

extension JSONValue {
  /// Whether Envoy compiles one of the mesh's regular expressions for it.
  fileprivate var holdsExpression: Bool {
    switch self {
    case .object(let members):
      members.contains { $0.name == "safe_regex" || $0.value.holdsExpression }
    case .array(let elements): elements.contains(where: \.holdsExpression)
    default: false
    }
  }
}
