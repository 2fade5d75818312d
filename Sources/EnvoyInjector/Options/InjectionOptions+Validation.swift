import AppMesh
import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
public import TaskDefinitions

extension InjectionOptions {
  /// Checks what no option can check alone.
  ///
  /// - Parameter kind: what App Mesh's resource has to be: a gateway for Envoy alone.
  /// - Throws: at the first contradiction.
  public func validate(for kind: AppMeshResource.Kind = .virtualNode) throws(OptionError) {
    try validateControlPlane(kind)
    guard Set([ingressPort, egressPort, adminPort]).count == 3 else {
      throw OptionError(.samePorts)
    }
    if let port = appPorts?.first(where: { [ingressPort, egressPort, adminPort].contains($0) }) {
      throw OptionError(.appPortOfEnvoy(port))
    }
    guard stopTimeout >= drainSeconds + 5 else {
      throw OptionError(.stopsTooEarly(stop: stopTimeout, drain: drainSeconds))
    }
    if let envoyMemory, let envoyMemoryReservation, envoyMemory < envoyMemoryReservation {
      throw OptionError(.limitBelowReservation(envoyMemory, envoyMemoryReservation))
    }
    if xraySamplingRate != nil, tracing == .none { throw OptionError(.rateWithoutTracing) }
    guard resolvedEnvoyName != tracingDaemonName else { throw OptionError(.sameNames) }
    try validateEnvironment()
  }

  private func validateControlPlane(_ kind: AppMeshResource.Kind) throws(OptionError) {
    switch controlPlane {
    case .static: break
    case .xds:
      guard upstreams.isEmpty else { throw OptionError(.upstreamsElsewhere("the xDS server")) }
      // Without its server Envoy is ready, with no listeners yet, after this time.
      let patience = health.startPeriod + health.retries * health.interval
      let start = Int(XDSSidecar.longestStart.components.seconds)
      guard patience > start else { throw OptionError(.givesUpTooEarly(patience, start)) }
    case .appMesh(let resource):
      guard resource.kind == kind else { throw OptionError(.otherKind(resource.text, kind)) }
      guard upstreams.isEmpty else { throw OptionError(.upstreamsElsewhere("App Mesh")) }
      guard nodeID == nil, nodeCluster == nil else { throw OptionError(.nodeOfAppMesh) }
    case .mesh(let mesh):
      guard upstreams.isEmpty else { throw OptionError(.upstreamsElsewhere("a mesh")) }
      guard nodeID == nil, nodeCluster == nil else { throw OptionError(.nodeOfMesh) }
      try validateMember(of: mesh, kind)
    }
  }

  private func validateMember(
    of mesh: MeshOptions, _ kind: AppMeshResource.Kind
  ) throws(OptionError) {
    let names = mesh.names(of: kind)
    guard let name = mesh.member else {
      // A document may say for which node its Envoy stands; there is none of a gateway.
      if kind == .virtualNode { return }
      throw OptionError(.noGateway(names))
    }
    guard names.contains(name) else { throw OptionError(.unknownMember(name, kind, mesh)) }
  }

  private func validateEnvironment() throws(OptionError) {
    var names = Set(secrets.map(\.name))
    for variable in environment where !names.insert(variable.name).inserted {
      throw OptionError(.bothSecretAndPlain(variable.name))
    }
    guard isAppMesh else { return }
    let ours = AgentVariable.allCases.filter { $0 != .region }.map(\.rawValue)
    for name in (environment + secrets).map(\.name) where ours.contains(name) {
      throw OptionError(.managedVariable(name))
    }
  }
}

extension OptionError.Message {
  fileprivate static func upstreamsElsewhere(_ owner: String) -> Self {
    Self(
      "an upstream has no effect where \(owner) says what Envoy does",
      fix: "leave out \(.upstream), or the control plane")
  }
  fileprivate static func givesUpTooEarly(_ patience: Int, _ start: Int) -> Self {
    Self(
      "Envoy may need \(start) seconds to get ready when its xDS server is away, "
        + "but its health check gives up after \(patience)",
      fix: "raise \(.healthStartPeriod)")
  }
  fileprivate static let nodeOfAppMesh = Self(
    "App Mesh's agent takes Envoy's node from the virtual node",
    fix: "leave out \(.nodeId) and \(.nodeCluster)")
  fileprivate static let nodeOfMesh = Self(
    "Envoy's node is named after the virtual node or gateway of the mesh",
    fix: "leave out \(.nodeId) and \(.nodeCluster)")
  fileprivate static func noGateway(_ names: [String]) -> Self {
    Self(
      "nothing says which virtual gateway of the mesh this is",
      fix: names.isEmpty
        ? "give the files that describe one" : "give \(.gateway) with one of: \(list(names))")
  }
  fileprivate static func unknownMember(
    _ name: String, _ kind: AppMeshResource.Kind, _ mesh: MeshOptions
  ) -> Self {
    let word = kind == .virtualNode ? "virtual node" : "virtual gateway"
    let names = mesh.names(of: kind)
    return Self(
      "mesh '\(mesh.mesh.name)' has no \(word) '\(name)'",
      fix: names.isEmpty
        ? "give the files that describe it" : "use one of: \(list(names))")
  }
  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
  fileprivate static func otherKind(_ text: String, _ kind: AppMeshResource.Kind) -> Self {
    kind == .virtualNode
      ? Self(
        "'\(text)' is a virtual gateway, which has no application to inject into",
        fix: "give the ARN of a virtual node, or use 'inject-envoy gateway \(.virtualGateway)'")
      : Self(
        "'\(text)' is a virtual node, which stands for an application",
        fix: "give the ARN of a virtual gateway, or use 'inject-envoy \(.virtualNode)'")
  }
  fileprivate static let samePorts = Self(
    "Envoy's ingress, egress and admin port must be three different ports",
    fix: "change one of \(.ingressPort), \(.egressPort) and \(.adminPort)")
  fileprivate static func appPortOfEnvoy(_ port: Int) -> Self {
    Self(
      "the application port \(port) is one of Envoy's own",
      fix: "leave it out of \(.appPort), or change \(.ingressPort), \(.egressPort) or \(.adminPort)"
    )
  }
  fileprivate static func stopsTooEarly(stop: Int, drain: Int) -> Self {
    Self(
      "Envoy would be killed after \(stop) seconds, before it has finished requests for \(drain)",
      fix: "let \(.stopTimeout) be at least 5 more than \(.drainSeconds)")
  }
  fileprivate static func limitBelowReservation(_ limit: Int, _ reservation: Int) -> Self {
    Self(
      "Envoy's memory limit of \(limit) MiB is below the \(reservation) MiB reserved for it",
      fix: "lower \(.envoyMemoryReservation) or raise \(.envoyMemory)")
  }
  fileprivate static let rateWithoutTracing = Self(
    "a sampling rate has no effect without tracing",
    fix: "choose \(.tracing, "xray or otel"), or leave out \(.xraySamplingRate)")
  fileprivate static let sameNames = Self(
    "Envoy and its tracing daemon would have the same name", fix: "change \(.envoyName)")
  fileprivate static func bothSecretAndPlain(_ name: String) -> Self {
    Self(
      "'\(name)' is given both as environment variable and as secret",
      fix: "give it with \(.env) or with \(.secret)")
  }
  fileprivate static func managedVariable(_ name: String) -> Self {
    Self(
      "the variable \(name) has an option of its own",
      fix: "use that option, or envoyContainer in the configuration file to replace them all")
  }
}
