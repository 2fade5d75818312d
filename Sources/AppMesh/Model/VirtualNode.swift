/// The tasks of a service: their listeners, the services they call, and how callers discover them.
public struct VirtualNode: Hashable, Sendable {
  public var name: String
  public var listeners: [NodeListener] = []
  /// The virtual services that its application calls.
  public var backends: [Backend] = []
  /// The policy of backends that do not have one.
  public var backendDefaults: ClientPolicy?
  /// `nil` if the node cannot be called.
  public var serviceDiscovery: ServiceDiscovery?
  /// Why DNS does not have the node's addresses, if the description says so.
  public var lackOfRecords: LackOfRecords?
  public var accessLog: FileAccessLog?
  public var origin: Origin

  public init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
  }
}

/// A virtual service that a node's application calls.
public struct Backend: Hashable, Sendable {
  public var virtualServiceName: String
  public var clientPolicy: ClientPolicy?

  public init(virtualServiceName: String, clientPolicy: ClientPolicy? = nil) {
    self.virtualServiceName = virtualServiceName
    self.clientPolicy = clientPolicy
  }
}

/// Why DNS does not have the addresses of a Cloud Map service.
public enum LackOfRecords: Hashable, Sendable {
  /// Only the API knows the namespace.
  case httpNamespace
  /// The service has neither A nor AAAA records.
  case noAddressRecords
}

public enum ServiceDiscovery: Hashable, Sendable {
  public enum ResponseType: String, Hashable, Sendable, CaseIterable {
    /// One endpoint. Each new connection resolves to one of the addresses.
    case loadBalancer = "LOADBALANCER"
    /// Every address is an endpoint.
    case endpoints = "ENDPOINTS"
  }

  /// A name-value pair that instances of a Cloud Map service must have.
  public struct Attribute: Hashable, Sendable {
    public var key: String
    public var value: String

    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  /// App Mesh's default response type is `LOADBALANCER`.
  case dns(hostname: String, responseType: ResponseType, ipPreference: IPPreference?)
  case awsCloudMap(
    serviceName: String, namespaceName: String, attributes: [Attribute],
    ipPreference: IPPreference?)
}
