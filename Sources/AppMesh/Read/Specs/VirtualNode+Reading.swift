extension VirtualNode {
  /// Reads `VirtualNodeSpec`.
  mutating func read(_ spec: ObjectReader) {
    listeners = spec["listeners"].list { $0.object(NodeListener.init(reading:)) } ?? []
    backends =
      spec["backends"].list { backend in
        backend.object { $0.oneOf([("virtualService", { $0.object(Backend.init(reading:)) })]) }
      } ?? []
    backendDefaults = spec["backendDefaults"].object(ClientPolicy.init(readingDefaults:))
    serviceDiscovery = spec["serviceDiscovery"].object(ServiceDiscovery.init(reading:))
    accessLog = spec["logging"].object(FileAccessLog.init(readingLogging:))
  }
}

extension Backend {
  fileprivate init?(reading object: ObjectReader) {
    let name = object["virtualServiceName"].required.name(of: .virtualService)
    let policy = object["clientPolicy"].object(ClientPolicy.init(reading:))
    guard let name else { return nil }
    self.init(virtualServiceName: name, clientPolicy: policy)
  }
}

extension ServiceDiscovery {
  fileprivate init?(reading object: ObjectReader) {
    let discovery: ServiceDiscovery? = object.oneOf([
      ("dns", { $0.object(Self.dns) }),
      ("awsCloudMap", { $0.object(Self.awsCloudMap) }),
    ])
    guard let discovery else { return nil }
    self = discovery
  }

  private static func dns(_ object: ObjectReader) -> ServiceDiscovery? {
    let hostname = object["hostname"].required.text(length: 1...Int.max)
    let responseType = object["responseType"].choice(ResponseType.allCases)
    let preference = object["ipPreference"].choice(IPPreference.allCases)
    return hostname.map {
      .dns(hostname: $0, responseType: responseType ?? .loadBalancer, ipPreference: preference)
    }
  }

  private static func awsCloudMap(_ object: ObjectReader) -> ServiceDiscovery? {
    let service = object["serviceName"].required.text(length: 1...1024)
    let namespace = object["namespaceName"].required.text(length: 1...1024)
    let attributes = object["attributes"].list { $0.object(Attribute.init(reading:)) }
    let preference = object["ipPreference"].choice(IPPreference.allCases)
    guard let service, let namespace else { return nil }
    return .awsCloudMap(
      serviceName: service, namespaceName: namespace, attributes: attributes ?? [],
      ipPreference: preference)
  }
}

extension ServiceDiscovery.Attribute {
  fileprivate init?(reading object: ObjectReader) {
    let key = object["key"].required.text(length: 1...255)
    let value = object["value"].required.text(length: 1...1024)
    guard let key, let value else { return nil }
    self.init(key: key, value: value)
  }
}
