import LosslessJSON

/// How App Mesh's agent stops, and who can reach it.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-config.html>
struct WarnOfAgentOperation: Requirement {
  static let name = "warn-of-agent-operation"
  static let summary = "App Mesh: an Envoy that is killed too early, an open agent"

  let envoy: PresentEnvoy

  /// Seconds; the agent takes the default for anything outside of its range.
  private static let drains = 5...110
  private static let defaultDrain = 20
  /// Seconds that Envoy and the agent need to end beside draining.
  private static let margin = 5

  func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let given = envoy["LISTENER_DRAIN_WAIT_TIME_S"].flatMap { Int($0.value) }
    let drain = given.flatMap { Self.drains.contains($0) ? $0 : nil } ?? Self.defaultDrain
    if let stop = task.integer(.stopTimeout, of: envoy.container), stop < drain + Self.margin {
      findings.add(
        .stopsTooEarly(stop, drain), at: task.node(.stopTimeout, of: envoy.container),
        in: task.document)
    }
    let address = envoy["APPNET_AGENT_HTTP_BIND_ADDRESS"]?.value
    if let mode = envoy["APPNET_AGENT_ADMIN_MODE"], mode.value == "tcp",
      address != "127.0.0.1", address != "[::1]", address?.isPlaceholder != true
    {
      findings.add(.openAgent, at: mode.node, in: task.document)
    }
  }
}

extension Finding.Message {
  fileprivate static func stopsTooEarly(_ stop: Int, _ drain: Int) -> Self {
    Self(
      .stopsTooEarly,
      "Envoy is killed after \(stop) seconds, before it has finished requests for \(drain)")
  }
  fileprivate static let openAgent = Self(.openAgent)
}
