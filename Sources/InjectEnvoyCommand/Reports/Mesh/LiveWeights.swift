import AppMesh
import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON

/// The objects that running Envoys read their weights from, made from a changed description of the mesh.
struct LiveWeights {
  /// The names without `.json`, in the order of ``CompiledMesh/members``.
  let objects: [(member: CompiledMesh.Member, text: String)]

  /// - Parameters:
  ///   - deployed: the description that the running tasks were injected with.
  ///   - new: the changed description.
  /// - Throws: every difference that a live weight cannot make.
  init(from deployed: MeshOptions, to new: MeshOptions, region: AWSRegion?) throws(CommandError) {
    let (old, new) = (
      CompiledMesh(deployed.live, region: region), CompiledMesh(new.live, region: region)
    )
    let refused = (old.refused + new.refused).map(\.title)
    guard refused.isEmpty else {
      throw .failed(
        "Nothing is written: cannot compile \(Set(refused).sorted().joined(separator: ", ")).",
        fix: "'inject-envoy mesh' names the errors. Fix them first.")
    }
    let problems = Self.differences(old, new)
    guard problems.isEmpty else { throw CommandError(problems, .refused) }
    objects = new.members.compactMap { member in
      guard let routes = member.bootstrap?.liveRuntime?.routes, !routes.isEmpty else { return nil }
      let keys = routes.flatMap(\.weights).map { JSONValue.Member($0.key, .integer($0.weight)) }
      return (member, JSONValue.object(keys).prettyText + "\n")
    }
  }

  private static func differences(_ old: CompiledMesh, _ new: CompiledMesh) -> [Problem] {
    let before = Dictionary(old.members.map { ($0.title, $0) }) { first, _ in first }
    let after = Set(new.members.map(\.title))
    let zero = new.mesh.virtualRouters.flatMap(\.routes)
      .filter { route in route.weightedTargets.allSatisfy { $0.weight == 0 } }
      .map { route in
        Problem.live(
          "All weights of route '\(route.name)' are 0.", "Give one of its targets a weight.")
      }
    let removed = old.members.filter { !after.contains($0.title) }
      .map { Problem.live("\($0.title) is not described any more.", deploy) }
    let changed = new.members.flatMap { member -> [Problem] in
      guard let bootstrap = member.bootstrap, let running = before[member.title]?.bootstrap else {
        return [.live("\(member.title) is new.", deploy)]
      }
      return LiveDifference.paths(from: running, to: bootstrap).map { path in
        .live("More than weights of HTTP routes changed for \(member.title): \(path)", deploy)
      }
    }
    return zero + removed + changed
  }

  private static let deploy =
    "Inject the task definitions with the new description and deploy them."
}

extension MeshOptions {
  /// The options with live weights, whether or not the call names the bucket: the objects do not depend on
  /// it.
  fileprivate var live: MeshOptions {
    var options = self
    options.compiler.live =
      compiler.live ?? MeshLive(bucket: "bucket", prefix: "prefix", region: .ofStack)
    return options
  }
}

extension Problem {
  fileprivate static func live(_ text: String, _ fix: String) -> Problem {
    .failed("Nothing is written: \(text)", fix: fix)
  }
}
