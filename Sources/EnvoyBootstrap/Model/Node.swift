internal import LosslessJSON

/// Who this Envoy is: for the management server, in traces and in statistics.
public struct Node: Hashable, Sendable {
  public var id: String
  /// The service that this Envoy belongs to.
  public var cluster: String

  public init(id: String, cluster: String) {
    self.id = id
    self.cluster = cluster
  }

  var json: JSONValue { ["id": .string(id), "cluster": .string(cluster)] }
}
