public import AppMesh
import EnvoyBootstrap
import RolePolicies
import TaskChecks
import TaskDefinitions

/// A Mermaid flowchart of a mesh, which GitHub renders: gateways, services and nodes, and the paths of
/// requests between them.
///
/// - SeeAlso: <https://mermaid.js.org/syntax/flowchart.html>
public struct MeshDiagram {
  private let mesh: Mesh
  private let discovery: MeshDiscovery
  private let live: MeshLive?
  private let certificates: MeshCertificates

  /// - Parameter compiler: the mesh, and the parts of it that change while Envoys run.
  public init(_ compiler: MeshCompiler) {
    mesh = compiler.mesh
    discovery = compiler.discovery
    live = compiler.live
    certificates = compiler.certificates
  }

  /// The text of the flowchart. The output is deterministic.
  public var mermaid: String {
    let lines =
      ["flowchart LR"] + gateways + services + nodes + routes + calls + endpoints + weights
      + secrets
    return lines.map { $0 + "\n" }.joined()
  }

  private var gateways: [String] {
    mesh.virtualGateways.enumerated().flatMap { index, gateway in
      let ports = text(of: gateway.listeners.map(\.portMapping))
      return ["  g\(index)[/\(MermaidText.quoted([gateway.name, ports]))/]"]
        + (ports.isEmpty ? [] : ["  clients((clients)) ==> g\(index)"])
    }
  }

  private var services: [String] {
    mesh.virtualServices.enumerated().map { index, service in
      "  s\(index)([\(MermaidText.quoted([service.name]))])"
    }
  }

  private var nodes: [String] {
    mesh.virtualNodes.enumerated().map { index, node in
      "  n\(index)[\(MermaidText.quoted([node.name, text(of: node.listeners.map(\.portMapping))]))]"
    }
  }

  /// Arrows from gateways to services, and from services to the parts that answer.
  private var routes: [String] {
    let entering = mesh.virtualGateways.enumerated().flatMap { index, gateway in
      gateway.routes.compactMap { route in
        id(ofService: route.virtualServiceName).map {
          "  g\(index) ==>|\(MermaidText.quoted([route.name]))| \($0)"
        }
      }
    }
    let answering = mesh.virtualServices.enumerated().flatMap { index, service in
      targets(of: service).compactMap { node, label in
        id(ofNode: node).map { id in
          let arrow = label.isEmpty ? "==>" : "==>|\(MermaidText.quoted([label]))|"
          return "  s\(index) \(arrow) \(id)"
        }
      }
    }
    return entering + answering
  }

  /// Dotted arrows from applications to the services that they call.
  private var calls: [String] {
    mesh.virtualNodes.enumerated().flatMap { index, node in
      node.backends.compactMap { backend in
        id(ofService: backend.virtualServiceName).map { "  n\(index) -.-> \($0)" }
      }
    }
  }

  /// From Cloud Map to the nodes whose endpoints Envoys find there.
  private var endpoints: [String] {
    let found = mesh.virtualNodes.enumerated().compactMap { index, node -> (Int, String)? in
      guard discovery.usesCloudMap(for: node),
        case .awsCloudMap(let service, let namespace, _, _) = node.serviceDiscovery
      else { return nil }
      return (index, "\(service).\(namespace)")
    }
    guard !found.isEmpty else { return [] }
    let interval = text(of: discovery.interval)
    return ["  cloudmap[(\(MermaidText.quoted(["Cloud Map"])))]"]
      + found.map { index, service in
        "  cloudmap -.->|\(MermaidText.quoted(["endpoints of \(service)", interval]))| n\(index)"
      }
  }

  /// From the objects in S3 to the services whose weights Envoys read there.
  private var weights: [String] {
    guard let live else { return [] }
    let found = mesh.virtualServices.enumerated().flatMap { index, service in
      divided(service).map { (index, $0) }
    }
    guard !found.isEmpty else { return [] }
    let place = MermaidText.quoted(["S3", "\(live.bucket)/\(live.prefix)"])
    return ["  s3[(\(place))]"]
      + found.map { index, route in
        let label = ["weights of \(route)", text(of: live.interval)]
        return "  s3 -.->|\(MermaidText.quoted(label))| s\(index)"
      }
  }

  /// The arrows from the secrets to the Envoys that read certificates and authorities from them.
  private var secrets: [String] {
    let gateways = mesh.virtualGateways.enumerated().map { index, gateway in
      ("g\(index)", stored(gateway.listeners.map(\.tls), [gateway.backendDefaults]))
    }
    let nodes = mesh.virtualNodes.enumerated().map { index, node in
      let policies = [node.backendDefaults] + node.backends.map(\.clientPolicy)
      return ("n\(index)", stored(node.listeners.map(\.tls), policies))
    }
    let found = (gateways + nodes).flatMap { id, labels in labels.map { (id, $0) } }
    guard !found.isEmpty else { return [] }
    return ["  secrets[(\(MermaidText.quoted(["Secrets Manager"])))]"]
      + found.map { id, label in
        "  secrets -.->|\(MermaidText.quoted([label, "every 5 minutes"]))| \(id)"
      }
  }

  /// The labels of all that an Envoy reads from secrets, each once.
  private func stored(_ listeners: [ListenerTLS?], _ policies: [ClientPolicy?]) -> [String] {
    let served = listeners.compactMap(\.self).filter { $0.mode != .disabled }.map(\.certificate)
    let labels =
      served.compactMap { certificate -> String? in
        guard case .acm(let arn) = certificate, let secret = certificates.certificates[arn]?.stored
        else { return nil }
        return "certificate of \(secret.arn)"
      }
      + policies.compactMap { $0?.tls?.validation.trust }.flatMap { trust -> [String] in
        guard case .acm(let arns) = trust else { return [] }
        return arns.compactMap { certificates.authorities[$0]?.stored }
          .map { "authority of \($0.arn)" }
      }
    return labels.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The names of the routes whose weights are live.
  private func divided(_ service: VirtualService) -> [String] {
    guard case .virtualRouter(let name) = service.provider else { return [] }
    let router = mesh.virtualRouters.first { $0.name == name }
    return (router?.routes ?? [])
      .filter { $0.protocol != .tcp && $0.weightedTargets.count > 1 }.map(\.name)
  }

  private func text(of interval: Duration) -> String {
    let seconds = interval.components.seconds
    return "every \(seconds) to \(2 * seconds) s"
  }

  private func targets(of service: VirtualService) -> [(node: String, label: String)] {
    switch service.provider {
    case nil: return []
    case .virtualNode(let name): return [(name, "")]
    case .virtualRouter(let name):
      let router = mesh.virtualRouters.first { $0.name == name }
      return (router?.routes ?? []).flatMap { route in
        route.weightedTargets.map { target in
          let isAlone = route.weightedTargets.count == 1
          return (target.virtualNode, route.name + (isAlone ? "" : ": \(target.weight)"))
        }
      }
    }
  }

  private func text(of mappings: [PortMapping]) -> String {
    mappings.map { "\($0.port)/\($0.protocol.rawValue)" }.joined(separator: ", ")
  }

  private func id(ofService name: String) -> String? {
    mesh.virtualServices.firstIndex { $0.name == name }.map { "s\($0)" }
  }

  private func id(ofNode name: String) -> String? {
    mesh.virtualNodes.firstIndex { $0.name == name }.map { "n\($0)" }
  }
}
