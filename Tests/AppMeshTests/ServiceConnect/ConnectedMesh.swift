import AppMesh
import LosslessJSON
import ServiceConnect
import Testing

/// The mesh that Service Connect creates from the printed configurations, in App Mesh's model.
enum ConnectedMesh {
  static func read(_ plan: ServiceConnectPlan) throws -> Mesh {
    var mesh = Mesh(name: plan.mesh)
    // Calls are not restricted, and every task sees every endpoint.
    mesh.egressFilter = .allowAll
    for service in plan.services {
      let published = service.configuration["services"]?.array ?? []
      var node = VirtualNode(name: service.virtualNode, origin: nowhere)
      for mapping in service.portMappings {
        let port = try #require(mapping["containerPort"]?.integer)
        let spoken = try #require(PortProtocol(rawValue: mapping["appProtocol"]?.string ?? "tcp"))
        var listener = NodeListener(portMapping: .init(port: UInt16(port), protocol: spoken))
        if let entry = published.first(where: { $0["portName"] == mapping["name"] }) {
          try add(entry, to: &mesh, node.name, &listener)
        }
        node.listeners.append(listener)
      }
      if let name = published.first?["discoveryName"]?.string {
        node.serviceDiscovery = .awsCloudMap(
          serviceName: name, namespaceName: plan.namespace ?? "", attributes: [],
          ipPreference: nil)
      }
      mesh.virtualNodes.append(node)
    }
    let services = Set(mesh.virtualServices.map(\.name)).sorted()
    for index in mesh.virtualNodes.indices {
      mesh.virtualNodes[index].backends = services.map { Backend(virtualServiceName: $0) }
    }
    return mesh
  }

  /// Adds an alias as a port of a virtual service with one route to the endpoint.
  private static func add(
    _ entry: JSONValue, to mesh: inout Mesh, _ node: String, _ listener: inout NodeListener
  ) throws {
    let aliases = try #require(entry["clientAliases"]?.array)
    #expect(aliases.count == 1)
    let name = try #require(aliases.first?["dnsName"]?.string)
    let port = UInt16(try #require(aliases.first?["port"]?.integer))
    let timeout = RequestTimeout(
      perRequest: entry["timeout"]?["perRequestTimeoutSeconds"]?.integer.map { .seconds($0) },
      idle: entry["timeout"]?["idleTimeoutSeconds"]?.integer.map { .seconds($0) })
    listener.timeout = timeout
    if let authority = entry["tls"]?["issuerCertificateAuthority"]?["awsPcaAuthorityArn"]?.string {
      listener.tls = ListenerTLS(mode: .strict, certificate: .acm(certificateARN: authority))
    }
    let mapping = PortMapping(port: port, protocol: listener.portMapping.protocol)
    var route = MeshRoute(
      name: "\(port)", protocol: mapping.protocol,
      weightedTargets: [
        WeightedTarget(virtualNode: node, weight: 1, port: listener.portMapping.port)
      ], origin: nowhere)
    route.match.port = port
    route.timeout = timeout
    if !mesh.virtualServices.contains(where: { $0.name == name }) {
      mesh.virtualServices.append(
        VirtualService(name: name, provider: .virtualRouter(name), origin: nowhere))
      mesh.virtualRouters.append(VirtualRouter(name: name, origin: nowhere))
    }
    let index = try #require(mesh.virtualRouters.firstIndex { $0.name == name })
    mesh.virtualRouters[index].listeners.append(mapping)
    mesh.virtualRouters[index].routes.append(route)
  }

  private static let nowhere = Origin(file: "", pointer: "", line: 0)
}
