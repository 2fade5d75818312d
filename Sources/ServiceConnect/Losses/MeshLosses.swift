import AppMesh
import LosslessJSON

/// The losses of the mesh as a whole, and of its gateways.
struct MeshLosses {
  let mesh: Mesh
  /// The names of the Cloud Map namespaces that contain its nodes.
  let namespaces: [String]

  func note(_ losses: inout LossList) {
    let callers = mesh.virtualNodes.map { Field.backendNames(of: $0.name) }
    if mesh.egressFilter == .dropAll {
      losses.add(Self.egressOpen, fields: [Field.egressFilter] + callers, at: nil)
    } else if !callers.isEmpty {
      losses.add(Self.backends, fields: callers, at: nil)
    }
    if mesh.ipPreference != nil {
      losses.add(Self.ipPreference, fields: [Field.ipPreference], at: nil)
    }
    if namespaces.count != 1 {
      let list = namespaces.map { "'\($0)'" }.joined(separator: ", ")
      losses.add(Self.namespace, ["namespaces": list.isEmpty ? "none" : list], fields: [], at: nil)
    }
    for gateway in mesh.virtualGateways {
      losses.add(
        Self.gateway, ["gateway": gateway.name], fields: [Field.gateway(gateway.name)],
        at: gateway.origin)
    }
  }
}

extension MeshLosses {
  static let kinds = [egressOpen, backends, ipPreference, namespace, gateway]

  private static let egressOpen = Loss.Kind.warning(
    "sc-egress-open",
    "The egress filter DROP_ALL and the lists of backends are lost: every task can call every "
      + "endpoint of the namespace, and everything else.",
    fix: "Limit with security groups who can call whom.")
  private static let backends = Loss.Kind.note(
    "sc-backends",
    "The lists of backends are lost: every task can call every endpoint of the namespace.",
    fix: "Nothing is needed: the egress filter ALLOW_ALL did not limit calls either.")
  private static let ipPreference = Loss.Kind.note(
    "sc-ip-preference", "The IP preference is lost: ECS decides which addresses it registers.",
    fix: "Nothing is needed in a VPC without IPv6.")
  private static let namespace = Loss.Kind.warning(
    "sc-namespace",
    "All services must be in one namespace. The nodes' Cloud Map namespaces are: {namespaces}.",
    fix: "Add 'namespace' to each configuration, or give the cluster a default namespace.")
  private static let gateway = Loss.Kind.error(
    "sc-gateway",
    "Service Connect has no gateways. What virtual gateway '{gateway}' does is lost.",
    fix: "Keep the gateway as a task with Envoy alone, or put a load balancer before a service.")
}
