import AppMesh
import LosslessJSON

/// Decides which virtual service's name becomes the alias of each endpoint.
///
/// ECS allows one alias per port, and an alias leads to one port. It has no weights and no matches.
struct Aliases {
  let parts: MeshParts
  private(set) var byEndpoint: [Endpoint: CalledPort] = [:]

  init(_ mesh: Mesh, _ parts: MeshParts, _ losses: inout LossList) {
    self.parts = parts
    var candidates: [(endpoint: Endpoint, called: CalledPort)] = []
    for service in mesh.virtualServices.sorted(by: { $0.name < $1.name }) {
      let ports = parts.ports(of: service)
      if ports.isEmpty { noteNobodyAnswers(service, nil, &losses) }
      for called in ports {
        if let endpoint = onlyEndpoint(of: called, &losses) {
          candidates.append((endpoint, called))
        }
      }
    }
    // The name of the node itself is preferred to names of routers.
    let sorted =
      candidates.filter { $0.called.routes == nil } + candidates.filter { $0.called.routes != nil }
    for (endpoint, called) in sorted {
      if let first = byEndpoint[endpoint] {
        noteTaken(endpoint, first, called, &losses)
      } else {
        byEndpoint[endpoint] = called
      }
    }
  }

  /// - Returns: `nil`, after recording a loss, if not all requests go to the same port.
  private func onlyEndpoint(of called: CalledPort, _ losses: inout LossList) -> Endpoint? {
    let reached = called.targets.compactMap { target in
      parts.listener(of: target).map { (node: target.virtualNode, listener: $0) }
    }
    guard let (node, listener) = reached.first else {
      noteNobodyAnswers(called.service, called.port, &losses)
      return nil
    }
    guard !noteRoutes(of: called, &losses) else { return nil }
    let mapping = listener.portMapping
    if mapping.protocol != called.protocol {
      note(
        Self.protocols, called, node: node, target: mapping.protocol.rawValue,
        &losses)
      return nil
    }
    guard called.service.name.isAliasName else {
      note(Self.name, called, &losses)
      return nil
    }
    return Endpoint(node: node, port: mapping.port)
  }

  /// - Returns: whether a route needs something that an alias does not support.
  private func noteRoutes(of called: CalledPort, _ losses: inout LossList) -> Bool {
    let routes = called.routes ?? []
    let conditional = routes.first { !$0.match.isEverything }
    let weighted = routes.first { $0.weightedTargets.count { $0.weight > 0 } > 1 }
    if routes.count > 1 { note(Self.routes, called, &losses) }
    if let conditional { note(Self.matches, called, route: conditional.name, &losses) }
    if let weighted { note(Self.weights, called, route: weighted.name, &losses) }
    return routes.count > 1 || conditional != nil || weighted != nil
  }

  private func note(
    _ kind: Loss.Kind, _ called: CalledPort, route: String = "", node: String = "",
    target: String = "", _ losses: inout LossList
  ) {
    let routes = (called.routes ?? []).map { "'\($0.name)'" }.joined(separator: ", ")
    losses.add(
      kind,
      [
        "service": called.service.name, "port": "\(called.port)",
        "protocol": called.protocol.rawValue, "routes": routes, "route": route, "node": node,
        "target": target,
      ], fields: [called.field], nodes: called.nodes.union(parts.callers(of: called.service)),
      at: called.origin)
  }

  private func noteNobodyAnswers(
    _ service: VirtualService, _ port: UInt16?, _ losses: inout LossList
  ) {
    losses.add(
      Self.nobodyAnswers,
      ["service": service.name + (port.map { ":\($0)" } ?? "")],
      fields: [port.map { Field.service(service.name, "\($0)") } ?? Field.service(service.name)],
      nodes: parts.callers(of: service), at: service.origin)
  }

  private func noteTaken(
    _ endpoint: Endpoint, _ first: CalledPort, _ called: CalledPort, _ losses: inout LossList
  ) {
    let callers = parts.callers(of: called.service)
    let names =
      callers.isEmpty ? "no node" : callers.sorted().map { "'\($0)'" }.joined(separator: ", ")
    losses.add(
      Self.taken,
      [
        "alias": "\(called.service.name):\(called.port)", "node": endpoint.node,
        "port": "\(endpoint.port)", "first": "\(first.service.name):\(first.port)",
        "callers": names,
      ], fields: [called.field], nodes: callers.union([endpoint.node]), at: called.origin)
  }
}

extension CalledPort {
  var field: JSONPointer { Field.service(service.name, "\(port)") }
}

extension RequestMatch {
  /// Whether every request of the port matches.
  fileprivate var isEverything: Bool {
    var rest = self
    rest.port = nil
    if rest.path == .prefix("/") { rest.path = nil }
    return rest == RequestMatch()
  }
}

extension String {
  /// Whether ECS accepts it as `dnsName`: at most 127 lower-case letters, digits, `_`, `-` and `.`.
  fileprivate var isAliasName: Bool {
    (1...127).contains(utf8.count)
      && unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("0"..."9").contains($0) || "_-.".unicodeScalars.contains($0)
      }
  }
}

extension Aliases {
  static let kinds = [nobodyAnswers, routes, matches, weights, protocols, name, taken]

  private static let nobodyAnswers = Loss.Kind.note(
    "sc-nobody-answers",
    "Nobody answers for '{service}' in the mesh. In Service Connect the name does not resolve.",
    fix: "Nothing is needed.")
  private static let routes = Loss.Kind.error(
    "sc-routes",
    "'{service}' has several routes on port {port}: {routes}. A Service Connect alias has none, and "
      + "leads to one port.",
    fix: "Put an Application Load Balancer or VPC Lattice between, or stay with Envoy.")
  private static let matches = Loss.Kind.error(
    "sc-matches",
    "Route '{route}' of '{service}' on port {port} takes some requests only. A Service Connect alias "
      + "takes all.",
    fix: "Put an Application Load Balancer or VPC Lattice between, or stay with Envoy.")
  private static let weights = Loss.Kind.error(
    "sc-weights",
    "Route '{route}' of '{service}' on port {port} divides requests by weights. Service Connect "
      + "cannot.",
    fix: "Use a canary or linear deployment of one ECS service for releases, or VPC Lattice for "
      + "permanent weights, or stay with Envoy.")
  private static let protocols = Loss.Kind.error(
    "sc-protocols",
    "Callers of '{service}' speak {protocol} on port {port}, and node '{node}' speaks {target}. "
      + "A Service Connect port has one protocol.",
    fix: "Give the router's listener and the node's listener one protocol.")
  private static let name = Loss.Kind.error(
    "sc-alias-name",
    "'{service}' cannot be an alias: ECS takes at most 127 lower-case letters, digits, '_', '-' "
      + "and '.'.",
    fix: "Choose another name, and let the callers use it.")
  private static let taken = Loss.Kind.error(
    "sc-alias-taken",
    "'{alias}' leads to port {port} of node '{node}', which already has alias '{first}'. ECS takes "
      + "one. It is called by {callers}.",
    fix: "Let these callers use '{first}', or stay with Envoy.")
}
