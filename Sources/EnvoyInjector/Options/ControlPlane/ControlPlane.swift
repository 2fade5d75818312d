public import EnvoyBootstrap
import LosslessJSON
public import TaskDefinitions

extension InjectionOptions {
  /// The source of Envoy's configuration. For each case, ``source`` is a type that contains everything about
  /// it.
  public enum ControlPlane: Hashable, Sendable {
    /// Inject writes the configuration into the task definition. No server is needed.
    case `static`
    /// A management server for ADS over gRPC, resource version 3.
    case xds(SocketAddress, usesTLS: Bool)
    /// AWS App Mesh, as the ECS Workshop sets it up. AWS switched it off on 2026-09-30.
    case appMesh(AppMeshResource)
    /// Like `static`, but the configuration is compiled from the description of an App Mesh mesh.
    case mesh(MeshOptions)

    var source: any ConfigurationSource {
      switch self {
      case .static: StaticSource()
      case .xds(let address, let usesTLS): XDSSource(address: address, usesTLS: usesTLS)
      case .appMesh(let resource): AppMeshSource(resource: resource)
      case .mesh(let mesh): DescribedMeshSource(description: mesh)
      }
    }

    /// Whether an agent in Envoy's image generates the configuration when the task starts. If so, there is no
    /// configuration to print earlier.
    public var hasAgent: Bool { source.hasAgent }

    /// The mesh whose description the configuration is compiled from, or `nil` in all other cases.
    public var mesh: MeshOptions? { source.mesh }
  }
}

/// A control plane. It decides everything about an injection that depends on the source of Envoy's
/// configuration.
///
/// To add one, write a type that conforms, and add a case to ``InjectionOptions/ControlPlane``. The rest of
/// the package uses these members and does not compare cases.
protocol ConfigurationSource: Sendable {
  /// The word for the control plane in reports.
  var word: String { get }
  /// The default image of Envoy.
  var image: String { get }
  /// Whether an agent in the image generates Envoy's configuration. Otherwise inject writes it.
  var hasAgent: Bool { get }
  /// Whether its provider has switched it off.
  var hasEnded: Bool { get }
  /// The AWS region of the control plane, if it has one.
  var region: String? { get }
  /// The description that the configuration is compiled from, if there is one.
  var mesh: MeshOptions? { get }
  /// The default family of a gateway.
  var gatewayFamily: String? { get }

  /// A command that works in the image and succeeds once Envoy can serve.
  func healthCheckCommand(adminPort: Int) -> [String]

  /// The user of Envoy's container in a gateway, or `nil` for the image's user.
  func gatewayUser(_ user: Int) -> Int?

  /// The mesh resource that Envoy represents, in the form of the mark on its container.
  func resource(of kind: AppMeshResource.Kind) -> String?

  /// The default ports on which Envoy accepts traffic, or `nil` if only the task definition decides.
  func ports(of kind: AppMeshResource.Kind) -> [Int]?

  /// Tags for all statistics, or `nil` for the name of the service.
  func statsTags(of kind: AppMeshResource.Kind) -> [StatsTag]?

  /// The same control plane for an Envoy that represents `resource`, because the Envoy that it replaces did.
  /// `nil` if this makes no difference.
  func standing(for resource: AppMeshResource) -> InjectionOptions.ControlPlane?

  /// Checks the options that this control plane restricts.
  ///
  /// - Parameter kind: the kind of resource that Envoy must represent.
  func validate(_ options: InjectionOptions, for kind: AppMeshResource.Kind) throws(Problem)

  /// The environment variables of the agent and those that options add, or `nil` without an agent.
  func agentEnvironment(_ options: InjectionOptions) -> [NamedValue]?

  /// The variables of the agent that have their own options.
  var optionVariables: [String] { get }

  /// The configuration of a sidecar.
  ///
  /// - Parameter applications: the containers that Envoy serves.
  /// - Returns: `nil` if the findings explain why there is none, or the agent generates it.
  func sidecar(
    _ options: InjectionOptions, of task: TaskDefinition, _ applications: [NodeID],
    _ server: ServerSettings, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)?

  /// The configuration of a gateway.
  ///
  /// - Returns: `nil` if the findings explain why there is none, or the agent generates it.
  func gateway(
    _ options: InjectionOptions, of task: TaskDefinition, _ gateway: GatewayOptions,
    _ server: ServerSettings, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)?
}

/// Defaults for a stock Envoy whose configuration inject writes.
extension ConfigurationSource {
  var image: String { EnvoyImage.stock }
  var hasAgent: Bool { false }
  var hasEnded: Bool { false }
  var region: String? { nil }
  var mesh: MeshOptions? { nil }
  var gatewayFamily: String? { nil }
  var optionVariables: [String] { [] }

  func healthCheckCommand(adminPort: Int) -> [String] {
    HealthCheckCommand.ready(adminPort: UInt16(clamping: adminPort))
  }

  func gatewayUser(_ user: Int) -> Int? { user }

  func resource(of kind: AppMeshResource.Kind) -> String? { nil }

  func ports(of kind: AppMeshResource.Kind) -> [Int]? { nil }

  func statsTags(of kind: AppMeshResource.Kind) -> [StatsTag]? { nil }

  func standing(for resource: AppMeshResource) -> InjectionOptions.ControlPlane? { nil }

  func agentEnvironment(_ options: InjectionOptions) -> [NamedValue]? { nil }
}

extension InjectionOptions {
  /// Rejects settings of the static configuration, which have no effect with another one.
  ///
  /// - Parameter owner: the part that decides Envoy's configuration.
  func refuseTrafficSettings(of owner: String) throws(Problem) {
    let given: [(Setting, Bool)] = [
      (.upstream, !upstreams.isEmpty),
      (.upstreamCertificate, !upstreamCertificates.isEmpty),
      (.upstreamAuthority, !upstreamAuthorities.isEmpty),
      (.egressHttpPort, !egressHTTPPorts.isEmpty),
      (.egressTcpPort, !egressTCPPorts.isEmpty), (.healthPath, healthPath != nil),
    ]
    if let setting = given.first(where: \.1)?.0 {
      throw .elsewhere(setting, owner)
    }
    if !appProtocols.isEmpty { throw .protocolElsewhere(owner) }
  }

  /// Rejects an access log, which has no effect if inject does not write listeners.
  func refuseAccessLog(of owner: String) throws(Problem) {
    if accessLog != nil { throw .elsewhere(.accessLog, owner) }
  }

  /// Refuses metrics, which have no effect where inject writes no configuration.
  func refuseMetrics(of owner: String) throws(Problem) {
    if metrics != nil { throw .elsewhere(.metrics, owner) }
  }
}

extension Problem {
  fileprivate static func elsewhere(_ setting: Setting, _ owner: String) -> Self {
    Self(
      "\(setting) has no effect, because \(owner) configures Envoy.",
      fix: "Leave out \(setting), or the control plane.")
  }
  fileprivate static func protocolElsewhere(_ owner: String) -> Self {
    Self(
      "The protocol in \(.appPort) has no effect, because \(owner) configures Envoy.",
      fix: "Leave out the protocol, or the control plane.")
  }
}
