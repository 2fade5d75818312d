import AppMesh
import EnvoyBootstrap
public import LosslessJSON
import RolePolicies
import TaskChecks
public import TaskDefinitions

extension InjectionOptions {
  /// Checks the options that depend on each other.
  ///
  /// - Parameter kind: the kind of App Mesh resource that Envoy must represent.
  /// - Throws: the first contradiction between options.
  public func validate(for kind: AppMeshResource.Kind = .virtualNode) throws(Problem) {
    try controlPlane.source.validate(self, for: kind)
    let ports = [ingressPort, egressPort, adminPort]
    guard Set(ports).count == 3 else { throw .samePorts }
    try validateMetrics()
    let all = ports + (metrics?.port.map { [$0] } ?? [])
    if let port = appPorts?.first(where: all.contains) { throw .appPortOfEnvoy(port) }
    guard stopTimeout >= drainSeconds + 5 else {
      throw .stopsTooEarly(stop: stopTimeout, drain: drainSeconds)
    }
    if let envoyMemory, let envoyMemoryReservation, envoyMemory < envoyMemoryReservation {
      throw .limitBelowReservation(envoyMemory, envoyMemoryReservation)
    }
    if xraySamplingRate != nil, tracing == .none { throw .rateWithoutTracing }
    guard resolvedEnvoyName != tracingDaemonName else { throw .sameNames }
    try validateEnvironment()
    try validateCertificates()
  }

  private func validateMetrics() throws(Problem) {
    guard let metrics else { return }
    if metrics.isPushed, tracing != .otel { throw .metricsWithoutCollector }
    guard let port = metrics.port else { return }
    var others = self
    others.metrics = nil
    let taken = others.reservedPorts.first { $0.number == port }
    if let taken { throw .metricsPortTaken(port, taken.owner) }
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
    "Envoy's ingress, egress and admin ports are not three different ports.",
    fix: "Change one of \(.ingressPort), \(.egressPort) and \(.adminPort).")
  fileprivate static func appPortOfEnvoy(_ port: Int) -> Self {
    Self(
      "The application port \(port) is one of Envoy's own ports.",
      fix:
        "Leave it out of \(.appPort), or change \(.ingressPort), \(.egressPort), \(.adminPort) or "
        + "\(.metrics)."
    )
  }
  fileprivate static let metricsWithoutCollector = Self(
    "Envoy's metrics have no collector to go to.",
    fix: "Add one with \(.tracing, "otel"), or let others fetch them with \(.metrics, "9902").")
  fileprivate static func metricsPortTaken(_ port: Int, _ owner: String) -> Self {
    Self(
      "Port \(port) for the metrics is already used by \(owner).",
      fix: "Give \(.metrics) another port.")
  }
  fileprivate static func stopsTooEarly(stop: Int, drain: Int) -> Self {
    Self(
      "ECS kills Envoy \(stop) seconds after SIGTERM, but Envoy needs \(drain + 5): it drains for "
        + "\(drain) seconds, and then stops.",
      fix:
        "Raise \(.stopTimeout), or lower \(.drainSeconds): the first must exceed the second by 5.")
  }
  fileprivate static func limitBelowReservation(_ limit: Int, _ reservation: Int) -> Self {
    Self(
      "Envoy's memory limit of \(limit) MiB is below the \(reservation) MiB reserved for it.",
      fix: "Lower \(.envoyMemoryReservation) or raise \(.envoyMemory).")
  }
  fileprivate static let rateWithoutTracing = Self(
    "A sampling rate has no effect without tracing.",
    fix: "Set \(.tracing, "xray or otel"), or leave out \(.xraySamplingRate).")
  fileprivate static let sameNames = Self(
    "Envoy and its tracing daemon would have the same name.", fix: "Change \(.envoyName).")
  fileprivate static func bothSecretAndPlain(_ name: String) -> Self {
    Self(
      "'\(name)' is set both as an environment variable and as a secret.",
      fix: "Set it with either \(.env) or \(.secret).")
  }
  fileprivate static let configurationVariable = Self(
    "The variable \(CompressedBootstrap.variable) holds Envoy's configuration.",
    fix: "Use another name in \(.env) or \(.secret).")
  fileprivate static func managedVariable(_ name: String) -> Self {
    Self(
      "The variable \(name) has its own option.",
      fix:
        "Use that option, or replace all variables with envoyContainer in the configuration file."
    )
  }
}
