import LosslessJSON
package import TaskDefinitions

/// What reaches App Mesh's Envoy, how it stops, and who can reach its agent.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-config.html>
package struct WarnOfAgentOperation: Check {
  package static let name = "warn-of-agent-operation"
  package static let summary =
    "App Mesh: an Envoy past which traffic goes, that is killed too early, or open"

  package let envoy: PresentEnvoy

  /// Seconds; the agent takes the default for anything outside of its range.
  private static let drains = 5...110
  private static let defaultDrain = 20
  /// Seconds that Envoy and the agent need to end beside draining.
  private static let margin = 5

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let given = envoy["LISTENER_DRAIN_WAIT_TIME_S"].flatMap { Int($0.value) }
    let drain = given.flatMap { Self.drains.contains($0) ? $0 : nil } ?? Self.defaultDrain
    if let stop = task.integer(.stopTimeout, of: envoy.container), stop < drain + Self.margin {
      findings.add(
        .stopsTooEarly(stop, drain), at: task.node(.stopTimeout, of: envoy.container),
        in: task.document)
    }
    if envoy.resource?.kind == .virtualNode, task.node(.proxyConfiguration) == nil {
      findings.add(.nothingRedirected, at: envoy.container, in: task.document)
    }
    let address = envoy["APPNET_AGENT_HTTP_BIND_ADDRESS"]?.value
    if let mode = envoy["APPNET_AGENT_ADMIN_MODE"], mode.value == "tcp",
      address != "127.0.0.1", address != "[::1]", address?.isPlaceholder != true
    {
      findings.add(.openAgent, at: mode.node, in: task.document)
    }
  }
}

extension Message {
  fileprivate static func stopsTooEarly(_ stop: Int, _ drain: Int) -> Self {
    Self(
      .stopsTooEarly,
      "Envoy is killed after \(stop) seconds, before it has finished requests for \(drain)")
  }
  fileprivate static let nothingRedirected = Self(.nothingRedirected)
  fileprivate static let openAgent = Self(.openAgent)
}
