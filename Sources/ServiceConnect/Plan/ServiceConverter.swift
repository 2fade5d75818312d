import AppMesh
import LosslessJSON

/// Converts nodes one after another, because names must be unique in the namespace.
struct ServiceConverter {
  let aliases: Aliases
  let namespace: String?
  /// The ARNs of private CAs.
  let authorities: [String]
  let defaults: MeshDefaults
  private var names = PortNames()

  init(_ aliases: Aliases, namespace: String?, authorities: [String], defaults: MeshDefaults) {
    self.aliases = aliases
    self.namespace = namespace
    self.authorities = authorities
    self.defaults = defaults
  }

  mutating func service(of node: VirtualNode, _ losses: inout LossList) -> ConvertedService {
    var ports: [ConvertedService.Port] = []
    var published: [ConvertedService.Published] = []
    for listener in node.listeners {
      let port = listener.portMapping.port
      let name = names.port(port, of: node)
      ports.append(.init(name: name, mapping: listener.portMapping))
      ListenerLosses(node: node, listener: listener).note(&losses)
      let endpoint = Endpoint(node: node.name, port: port)
      let tls = EndpointTLS(of: listener, on: node, trusting: authorities, &losses)
      guard let called = aliases.byEndpoint[endpoint] else {
        ListenerLosses(node: node, listener: listener).noteWithoutAlias(&losses)
        continue
      }
      RetryLoss(called: called, defaults: defaults).note(for: endpoint, aliases.parts, &losses)
      let timeouts = Timeouts(of: endpoint, listener, called, &losses)
      let members: [JSONValue.Member?] = [
        .init("portName", .string(name)),
        .init("discoveryName", .string(names.discovery(port, of: node))),
        .init(
          "clientAliases",
          [["port": .integer(Int(called.port)), "dnsName": .string(called.service.name)]]),
        timeouts.json.map { .init("timeout", $0) }, tls.json.map { .init("tls", $0) },
      ]
      published.append(.init(portName: name, json: .object(members.compactMap(\.self))))
    }
    NodeLosses(node: node, isPublished: !published.isEmpty).note(&losses)
    return ConvertedService(
      virtualNode: node.name, namespace: namespace, ports: ports, published: published)
  }
}
