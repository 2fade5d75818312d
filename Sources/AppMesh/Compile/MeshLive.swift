public import EnvoyBootstrap
internal import LosslessJSON

/// The objects in S3 from which Envoys read the weights of routes while they run: `PREFIX/NODE.json` for each
/// virtual node or gateway.
public struct MeshLive: Hashable, Sendable {
  public var bucket: String
  /// Without a slash at either end.
  public var prefix: String
  /// The region of the bucket. `nil` means the region of the task.
  public var region: AWSRegion?
  /// The shortest time between two requests for the object.
  public var interval: Duration

  public init(
    bucket: String, prefix: String, region: AWSRegion? = nil, interval: Duration = .seconds(15)
  ) {
    self.bucket = bucket
    self.prefix = prefix
    self.region = region
    self.interval = interval
  }
}

extension EnvoyCompilation {
  /// The prefix of the runtime keys of a route's weights. `nil` if the weights are not live.
  func runtimePrefix(
    of route: MeshRoute, in router: String, _ clusters: [WeightedCluster]
  ) -> String? {
    // Two targets that share a cluster would share a key.
    guard live != nil, clusters.count > 1, Set(clusters.map(\.name)).count == clusters.count else {
      return nil
    }
    let names = [router, route.name] + clusters.map(\.name)
    if let name = names.first(where: { !LiveRuntime.isUsable($0) }) {
      note(Problem(Self.liveName, ["name": name, "route": route.name], at: route.origin))
    }
    let prefix = "weights.\(router).\(route.name)"
    let found = LiveRuntime.Route(prefix: prefix, clusters: clusters)
    if !liveRoutes.contains(found) { liveRoutes.append(found) }
    return prefix
  }

  /// Envoy has no runtime key for the weights of TCP connections.
  func noteFixedWeights(of route: MeshRoute) {
    guard live != nil, route.weightedTargets.count > 1 else { return }
    note(Problem(Self.liveTCP, ["route": route.name], at: route.origin))
  }

  /// `nil` if there is nothing to read.
  func liveRuntime() -> LiveRuntime? {
    guard let live else { return nil }
    let hasSampling = if case .sampled = profile.logging?.selection { true } else { false }
    guard !liveRoutes.isEmpty || hasSampling else { return nil }
    if !LiveRuntime.isUsable(profile.name) {
      note(Problem(Self.liveName, ["name": profile.name, "route": "*"], at: profile.origin))
    }
    guard let region = live.region ?? region else {
      note(Problem(.regionUnknown, ["what": "the weights of routes"], at: profile.origin))
      return nil
    }
    let runtime = LiveRuntime(
      bucket: live.bucket, key: "\(live.prefix)/\(profile.name).json", region: region,
      interval: live.interval, routes: liveRoutes, hasSampling: hasSampling)
    add(runtime.service.cluster)
    return runtime
  }
}

extension EnvoyCompilation {
  static let liveRules = [liveName, liveTCP]

  private static let liveName = Rule.error(
    "live-name",
    "'{name}' of route '{route}' has characters other than letters, digits, and ._-, so it cannot be part "
      + "of a runtime key or of an object's name.",
    fix: "Rename it, or leave out \(.live).")
  private static let liveTCP = Rule.warning(
    "live-tcp",
    "Route '{route}' divides TCP connections, for which Envoy has no runtime key. Its weights cannot change "
      + "while tasks run.",
    fix: "Inject and deploy again to change them.")
}
