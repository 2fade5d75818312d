internal import LosslessJSON

/// A cluster that gets a share of the requests or connections.
public struct WeightedCluster: Hashable, Sendable {
  public var name: String
  /// Relative to the weights of the others; the sum must not be zero.
  public var weight: Int

  public init(_ name: String, weight: Int) {
    self.name = name
    self.weight = weight
  }

  var json: JSONValue { ["name": .string(name), "weight": .integer(weight)] }

  /// The member of a route or of a TCP proxy that says where things go.
  static func member(_ clusters: [WeightedCluster]) -> JSONValue.Member {
    .init("weighted_clusters", ["clusters": .array(clusters.map(\.json))])
  }
}
