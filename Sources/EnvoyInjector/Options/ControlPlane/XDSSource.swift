import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions

/// Envoy gets everything except the server's address from a management server.
struct XDSSource: ConfigurationSource {
  let address: SocketAddress
  let usesTLS: Bool

  var word: String { "xds" }

  func validate(_ options: InjectionOptions, for kind: AppMeshResource.Kind) throws(Problem) {
    try options.refuseTrafficSettings(of: "the xDS server")
    try options.refuseAccessLog(of: "the xDS server")
    // If its server is down, Envoy is ready after this time, but has no listeners yet.
    let health = options.health
    let patience = health.startPeriod + health.retries * health.interval
    let start = Int(XDSSidecar.longestStart.components.seconds)
    guard patience > start else { throw .givesUpTooEarly(patience, start) }
  }

  func sidecar(
    _ options: InjectionOptions, of task: TaskDefinition, _ applications: [NodeID],
    _ server: ServerSettings, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)? {
    builder(server)
  }

  func gateway(
    _ options: InjectionOptions, of task: TaskDefinition, _ gateway: GatewayOptions,
    _ server: ServerSettings, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)? {
    builder(server)
  }

  private func builder(_ server: ServerSettings) -> XDSSidecar {
    XDSSidecar(server: server, managementServer: address, usesTLS: usesTLS)
  }
}

extension Problem {
  fileprivate static func givesUpTooEarly(_ patience: Int, _ start: Int) -> Self {
    Self(
      "Envoy needs up to \(start) seconds to become ready if it cannot reach its xDS server, "
        + "but its health check fails after \(patience).",
      fix: "Raise \(.healthStartPeriod).")
  }
}
