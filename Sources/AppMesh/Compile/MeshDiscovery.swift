/// How Envoy finds the endpoints of nodes that are registered in AWS Cloud Map.
public struct MeshDiscovery: Hashable, Sendable {
  public enum Method: String, Hashable, Sendable, CaseIterable {
    case dns
    /// The API of Cloud Map, which knows attributes, health and Availability Zones.
    case cloudMap = "cloud-map"
  }

  /// `nil` means Cloud Map where DNS does not have the endpoints, and DNS elsewhere.
  public var method: Method?
  /// The shortest time between two questions to Cloud Map.
  public var interval: Duration

  public init(method: Method? = nil, interval: Duration = .seconds(15)) {
    self.method = method
    self.interval = interval
  }
}

extension MeshDiscovery {
  /// Whether Envoy asks Cloud Map for the endpoints of a node.
  public func usesCloudMap(for node: VirtualNode) -> Bool {
    guard case .awsCloudMap(_, _, let attributes, _) = node.serviceDiscovery else { return false }
    return switch method {
    case .cloudMap: true
    case .dns: false
    case nil: !attributes.isEmpty || node.lackOfRecords != nil
    }
  }
}
