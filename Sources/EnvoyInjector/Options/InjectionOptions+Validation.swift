import AppMesh
import EnvoyBootstrap
public import LosslessJSON
import RolePolicies
import TaskChecks
public import TaskDefinitions

extension InjectionOptions {
  /// Checks what no option can check alone.
  ///
  /// - Parameter kind: what App Mesh's resource has to be: a gateway for Envoy alone.
  /// - Throws: at the first contradiction.
  public func validate(for kind: AppMeshResource.Kind = .virtualNode) throws(Problem) {
    try controlPlane.source.validate(self, for: kind)
    guard Set([ingressPort, egressPort, adminPort]).count == 3 else {
      throw .samePorts
    }
    if let port = appPorts?.first(where: { [ingressPort, egressPort, adminPort].contains($0) }) {
      throw .appPortOfEnvoy(port)
    }
    guard stopTimeout >= drainSeconds + 5 else {
      throw .stopsTooEarly(stop: stopTimeout, drain: drainSeconds)
    }
    if let envoyMemory, let envoyMemoryReservation, envoyMemory < envoyMemoryReservation {
      throw .limitBelowReservation(envoyMemory, envoyMemoryReservation)
    }
    if xraySamplingRate != nil, tracing == .none { throw .rateWithoutTracing }
    guard resolvedEnvoyName != tracingDaemonName else { throw .sameNames }
    try validateEnvironment()
  }

  private func validateEnvironment() throws(Problem) {
    var names = Set(secrets.map(\.name))
    for variable in environment where !names.insert(variable.name).inserted {
      throw .bothSecretAndPlain(variable.name)
    }
    guard !names.contains(CompressedBootstrap.variable) else {
      throw .configurationVariable
    }
    let ours = controlPlane.source.optionVariables
    for name in (environment + secrets).map(\.name) where ours.contains(name) {
      throw .managedVariable(name)
    }
  }
}

extension Problem {
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
  fileprivate static let configurationVariable = Self(
    "the variable \(CompressedBootstrap.variable) holds Envoy's configuration",
    fix: "choose another name for \(.env) or \(.secret)")
  fileprivate static func managedVariable(_ name: String) -> Self {
    Self(
      "the variable \(name) has an option of its own",
      fix: "use that option, or envoyContainer in the configuration file to replace them all")
  }
}
