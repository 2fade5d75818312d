public import EnvoyBootstrap
import LosslessJSON
public import TaskDefinitions

extension InjectionOptions {
  /// Where Envoy gets its configuration. Each case has one type that knows everything about it: its
  /// ``source``.
  public enum ControlPlane: Hashable, Sendable {
    /// Inject writes the configuration into the task definition. No server is needed.
    case `static`
    /// A management server that speaks ADS over gRPC, resource version 3.
    case xds(SocketAddress, usesTLS: Bool)
    /// AWS App Mesh, as the ECS Workshop sets it up. AWS switched it off on 2026-09-30.
    case appMesh(AppMeshResource)
    /// Like `static`, with a configuration that is compiled from the description of an App Mesh
    /// mesh.
    case mesh(MeshOptions)

    var source: any ConfigurationSource {
      switch self {
      case .static: StaticSource()
      case .xds(let address, let usesTLS): XDSSource(address: address, usesTLS: usesTLS)
      case .appMesh(let resource): AppMeshSource(resource: resource)
      case .mesh(let mesh): DescribedMeshSource(description: mesh)
      }
    }

    /// Whether an agent in Envoy's image makes the configuration when the task starts, so that there
    /// is none to print before.
    public var hasAgent: Bool { source.hasAgent }

    /// The mesh from whose description the configuration is compiled; `nil` in all other cases.
    public var mesh: MeshOptions? { source.mesh }
  }
}

/// A control plane: everything about an injection that depends on where Envoy gets its
/// configuration.
///
/// To add one, write a type that conforms, and add a case to ``InjectionOptions/ControlPlane``. The
/// rest of the package asks these members and does not compare cases.
protocol ConfigurationSource: Sendable {
  /// The word for it in reports.
  var word: String { get }
  /// Envoy's image if no option names one.
  var image: String { get }
  /// Whether an agent in the image makes Envoy's configuration. Otherwise inject writes it.
  var hasAgent: Bool { get }
  /// Whether its provider has switched it off.
  var hasEnded: Bool { get }
  /// The AWS region in which it is, if it is in one.
  var region: String? { get }
  /// The description that the configuration is compiled from, if it is.
  var mesh: MeshOptions? { get }
  /// The family of a gateway that no option names.
  var gatewayFamily: String? { get }

  /// A command that works in the image and succeeds when Envoy can serve.
  func healthCheckCommand(adminPort: Int) -> [String]

  /// The user of Envoy's container in a gateway; `nil` for the image's user.
  func gatewayUser(_ user: Int) -> Int?

  /// What Envoy stands for in a mesh, as the mark on its container names it.
  func resource(of kind: AppMeshResource.Kind) -> String?

  /// The ports on which Envoy takes traffic if no option names them; `nil` if only the task
  /// definition does.
  func ports(of kind: AppMeshResource.Kind) -> [Int]?

  /// Tags for all statistics; `nil` for the service's name.
  func statsTags(of kind: AppMeshResource.Kind) -> [StatsTag]?

  /// The control plane of an Envoy that stands for a resource, because the Envoy that it replaces
  /// did; `nil` if that changes nothing.
  func standing(for resource: AppMeshResource) -> InjectionOptions.ControlPlane?

  /// Checks the options that this control plane restricts.
  ///
  /// - Parameter kind: what Envoy has to stand for.
  func validate(_ options: InjectionOptions, for kind: AppMeshResource.Kind) throws(Problem)

  /// The environment variables of the agent, with those that options add; `nil` without an agent.
  func agentEnvironment(_ options: InjectionOptions) -> [NamedValue]?

  /// The variables of the agent that have options of their own.
  var optionVariables: [String] { get }

  /// The configuration of an Envoy beside an application.
  ///
  /// - Parameter applications: the containers that Envoy serves.
  /// - Returns: `nil` when the findings say why there is none, or the agent makes it.
  func sidecar(
    _ options: InjectionOptions, of task: TaskDefinition, _ applications: [NodeID],
    _ server: ServerSettings, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)?

  /// The configuration of an Envoy alone.
  ///
  /// - Returns: `nil` when the findings say why there is none, or the agent makes it.
  func gateway(
    _ options: InjectionOptions, of task: TaskDefinition, _ gateway: GatewayOptions,
    _ server: ServerSettings, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)?
}

/// The answers of a stock Envoy whose configuration inject writes.
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
  /// Refuses settings of the static configuration, which have no effect with another one.
  ///
  /// - Parameter owner: what decides Envoy's configuration.
  func refuseTrafficSettings(of owner: String) throws(Problem) {
    let given: [(Setting, Bool)] = [
      (.upstream, !upstreams.isEmpty), (.egressHttpPort, !egressHTTPPorts.isEmpty),
      (.egressTcpPort, !egressTCPPorts.isEmpty), (.healthPath, healthPath != nil),
    ]
    if let setting = given.first(where: \.1)?.0 {
      throw .elsewhere(setting, owner)
    }
    if !appProtocols.isEmpty { throw .protocolElsewhere(owner) }
  }

  /// Refuses an access log, which has no effect where inject writes no listeners.
  func refuseAccessLog(of owner: String) throws(Problem) {
    if accessLog != nil { throw .elsewhere(.accessLog, owner) }
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
