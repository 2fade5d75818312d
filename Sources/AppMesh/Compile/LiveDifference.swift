public import EnvoyBootstrap
internal import LosslessJSON

/// The differences between two configurations of an Envoy that live weights cannot make.
public enum LiveDifference {
  /// - Returns: the paths of the differing parts. Parts of lists are called by their names, if they have
  ///   names.
  public static func paths(from old: Bootstrap, to new: Bootstrap) -> [String] {
    comparable(old).differences(from: comparable(new), at: "")
  }

  private static func comparable(_ bootstrap: Bootstrap) -> JSONValue {
    var bootstrap = bootstrap
    // The script of the service contains the compiled weights.
    bootstrap.clusters.removeAll { $0.name == bootstrap.liveRuntime?.service.host }
    bootstrap.liveRuntime?.routes = []
    return bootstrap.json.withoutLiveWeights
  }
}

extension JSONValue {
  /// The value with weight 0 for every cluster whose weight has a runtime key.
  fileprivate var withoutLiveWeights: JSONValue {
    switch self {
    case .array(let elements): return .array(elements.map(\.withoutLiveWeights))
    case .object(let members):
      let isLive = self["runtime_key_prefix"] != nil
      return .object(
        members.map { member in
          guard isLive, member.name == "clusters", let clusters = member.value.array else {
            return Member(member.name, member.value.withoutLiveWeights)
          }
          return Member(member.name, .array(clusters.map { $0.merging(["weight": 0]) }))
        })
    default: return self
    }
  }

  fileprivate func differences(from other: JSONValue, at path: String) -> [String] {
    if let ours = object, let others = other.object, ours.map(\.name) == others.map(\.name) {
      return zip(ours, others).flatMap { own, other in
        own.value.differences(from: other.value, at: "\(path)/\(own.name)")
      }
    }
    if let ours = array, let others = other.array, ours.count == others.count {
      return zip(ours, others).enumerated().flatMap { index, pair in
        pair.0.differences(from: pair.1, at: "\(path)/\(pair.0["name"]?.string ?? "\(index)")")
      }
    }
    return self == other ? [] : [path]
  }
}
