import CloudFormation
import LosslessJSON

/// What the templates say of Cloud Map's services and namespaces.
struct CloudMapDescription {
  private struct Namespace {
    let name: String?
    /// As references to it come to.
    let id: String
    let hasDNS: Bool
  }

  fileprivate struct Service {
    let name: String
    let namespaceID: String?
    /// `nil`: not known.
    let recordTypes: [String]?

    var hasAddresses: Bool { recordTypes.map { !$0.allSatisfy { $0 == "SRV" } } ?? true }
  }

  private var namespaces: [Namespace] = []
  private var services: [Service] = []

  init(_ set: TemplateSet) {
    for template in set.templates {
      let values = set.values(of: template)
      for resource in template.resources {
        guard let type = CloudMapType(rawValue: resource.type) else { continue }
        let name = resource.property("Name").flatMap(values.resolve)?.text
        if type != .service {
          let scope = TemplateScope(set: set, template: template)
          let id = try? scope.reference(to: resource.logicalID, depth: 0).text
          namespaces.append(
            Namespace(name: name, id: id ?? "", hasDNS: type != .httpNamespace))
        } else if let name {
          services.append(Service(name: name, resource, values))
        }
      }
    }
  }

  /// What DNS can't tell of the services in which a mesh's nodes are found.
  func losses(of mesh: Mesh) -> [Loss] {
    mesh.virtualNodes.compactMap { node -> Loss? in
      guard case .awsCloudMap(let service, let namespace, _, _) = node.serviceDiscovery else {
        return nil
      }
      let known = namespaces.filter { $0.name == namespace }
      if !known.isEmpty, !known.contains(where: \.hasDNS) {
        return .httpNamespace(namespace, for: node)
      }
      let found = services.filter { $0.name == service && isIn(namespace, $0) }
      guard !found.isEmpty, !found.contains(where: \.hasAddresses) else { return nil }
      return .noAddressRecords(service, for: node)
    }
  }

  /// A namespace that no template describes can be any.
  private func isIn(_ namespace: String, _ service: Service) -> Bool {
    let described = namespaces.first { $0.id == service.namespaceID }
    return described?.name == nil || described?.name == namespace
  }
}

extension CloudMapDescription.Service {
  fileprivate init(name: String, _ resource: Template.Resource, _ values: TemplateValues) {
    self.name = name
    let configuration = resource.property("DnsConfig")
    let namespace = resource.property("NamespaceId") ?? configuration?["NamespaceId"]
    namespaceID = namespace.flatMap(values.resolve)?.text
    guard let configuration else {
      recordTypes = []
      return
    }
    // Other members may not be known.
    let records =
      configuration["DnsRecords"].flatMap(values.resolve)
      ?? values.resolve(configuration)?["DnsRecords"]
    recordTypes = records?.array?.compactMap { $0["Type"]?.text }
  }
}
