import CloudFormation
import LosslessJSON

/// The Cloud Map services and namespaces that the templates describe.
struct CloudMapDescription {
  private struct Namespace {
    let name: String?
    /// The value that references to it evaluate to.
    let id: String
    let hasDNS: Bool
  }

  fileprivate struct Service {
    let name: String
    let namespaceID: String?
    /// `nil` if unresolved.
    let recordTypes: [String]?

    var hasAddresses: Bool { recordTypes.map { !$0.allSatisfy { $0 == "SRV" } } ?? true }
  }

  private let namespacesByName: [String: [Namespace]]
  private let namespacesByID: [String: Namespace]
  private let servicesByName: [String: [Service]]

  init(_ set: TemplateSet, _ terraform: [TerraformResource] = []) {
    var namespaces: [Namespace] = []
    var services: [Service] = []
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
    for resource in terraform {
      guard let name = resource.values["name"]?.text else { continue }
      if resource.type == "aws_service_discovery_service" {
        services.append(Service(name: name, resource))
      } else if let hasDNS = Self.terraformNamespaces[resource.type] {
        let id = resource.values["id"]?.text ?? ""
        namespaces.append(Namespace(name: name, id: id, hasDNS: hasDNS))
      }
    }
    namespacesByName = Dictionary(grouping: namespaces) { $0.name ?? "" }
    namespacesByID = Dictionary(namespaces.map { ($0.id, $0) }) { first, _ in first }
    servicesByName = Dictionary(grouping: services, by: \.name)
  }

  private static let terraformNamespaces = [
    "aws_service_discovery_private_dns_namespace": true,
    "aws_service_discovery_public_dns_namespace": true,
    "aws_service_discovery_http_namespace": false,
  ]

  /// Why DNS does not have the addresses of a node; `nil` if it has them, as far as is known.
  func lackOfRecords(of node: VirtualNode) -> LackOfRecords? {
    guard case .awsCloudMap(let service, let namespace, _, _) = node.serviceDiscovery else {
      return nil
    }
    let known = namespacesByName[namespace] ?? []
    if !known.isEmpty, !known.contains(where: \.hasDNS) { return .httpNamespace }
    let found = (servicesByName[service] ?? []).filter { isIn(namespace, $0) }
    guard !found.isEmpty, !found.contains(where: \.hasAddresses) else { return nil }
    return .noAddressRecords
  }

  /// Whether the service can be in the namespace. This is true for a namespace that no template describes.
  private func isIn(_ namespace: String, _ service: Service) -> Bool {
    let described = service.namespaceID.flatMap { namespacesByID[$0] }
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
    // Other members may be unresolved.
    let records =
      configuration["DnsRecords"].flatMap(values.resolve)
      ?? values.resolve(configuration)?["DnsRecords"]
    recordTypes = records?.array?.compactMap { $0["Type"]?.text }
  }
}

extension CloudMapDescription.Service {
  /// A service from Terraform. In a plan, the id of its namespace is unknown.
  fileprivate init(name: String, _ resource: TerraformResource) {
    self.name = name
    let configuration = resource.values["dns_config"]?.elements?.first
    let namespace = configuration?["namespace_id"] ?? resource.values["namespace_id"]
    namespaceID = namespace?.text
    let records = configuration?["dns_records"]?.elements
    recordTypes =
      configuration == nil ? [] : records?.compactMap { $0["type"]?.text }
  }
}
