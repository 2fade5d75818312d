public import AppMesh
import LosslessJSON

/// The result of moving a mesh to Amazon ECS Service Connect: each service's configuration, and everything
/// that is lost.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html>
///
/// The plan depends only on the mesh. ``unseen`` lists facts that only task definitions and services contain.
public struct ServiceConnectPlan: Hashable, Sendable {
  public let mesh: String
  /// The Cloud Map namespace, or `nil` if the mesh does not name exactly one.
  public let namespace: String?
  /// Sorted by node.
  public let services: [ConvertedService]
  /// Sorted by severity: errors, warnings, notes. Within each, by file and line.
  public let losses: [Loss]

  public init(_ mesh: Mesh, defaults: MeshDefaults = .retriesWithoutLimits) {
    self.mesh = mesh.name
    let namespaces = mesh.namespaces
    let namespace = namespaces.count == 1 ? namespaces.first : nil
    self.namespace = namespace
    var losses = LossList()
    MeshLosses(mesh: mesh, namespaces: namespaces).note(&losses)
    let aliases = Aliases(mesh, MeshParts(mesh), &losses)
    var converter = ServiceConverter(
      aliases, namespace: namespace, authorities: mesh.authorities, defaults: defaults)
    var services: [ConvertedService] = []
    for node in mesh.virtualNodes { services.append(converter.service(of: node, &losses)) }
    let refused = Set(losses.all.filter { $0.level == .error }.flatMap(\.nodes))
    for index in services.indices {
      services[index].canMove = !refused.contains(services[index].virtualNode)
    }
    self.services = services
    self.losses = Loss.Level.allCases.flatMap { level in
      losses.all.filter { $0.level == level }.map { ($0.problem.place, $0) }.sorted { one, other in
        (one.0?.file ?? "", one.0?.line ?? 0, one.1.code)
          < (other.0?.file ?? "", other.0?.line ?? 0, other.1.code)
      }.map(\.1)
    }
  }

  /// Every kind of loss.
  public static let kinds: [Loss.Kind] =
    Aliases.kinds + RetryLoss.kinds + Timeouts.kinds + EndpointTLS.kinds + ListenerLosses.kinds
    + NodeLosses.kinds + MeshLosses.kinds

  /// Facts that matter but are not part of a mesh, in full sentences.
  public static let unseen = [
    "A task that no ECS service starts (a scheduled task, AWS Batch) cannot use Service Connect.",
    "A container must map each port. 'appProtocol' cannot be changed after the service has started.",
    "Traces, tags of metrics and DogStatsD of App Mesh's Envoy are lost. Service Connect sends "
      + "metrics to CloudWatch.",
    "Service Connect's proxy needs 256 CPU units and 64 MiB beside the containers.",
  ]
}

extension Mesh {
  fileprivate var namespaces: [String] {
    Set(
      virtualNodes.compactMap { node in
        if case .awsCloudMap(_, let namespace, _, _) = node.serviceDiscovery {
          namespace
        } else {
          nil
        }
      }
    ).sorted()
  }

  /// The private CAs that client policies trust.
  fileprivate var authorities: [String] {
    let policies =
      virtualNodes.flatMap { [$0.backendDefaults] + $0.backends.map(\.clientPolicy) }
      + virtualGateways.map(\.backendDefaults)
    return Set(
      policies.flatMap { policy -> [String] in
        guard case .acm(let authorities) = policy?.tls?.validation.trust else { return [] }
        return authorities
      }
    ).sorted()
  }
}
