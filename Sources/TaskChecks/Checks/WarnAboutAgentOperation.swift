package import LosslessJSON
package import TaskDefinitions

/// Finds an App Mesh Envoy that gets no traffic, stops too early, or has an open agent.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-config.html>
package struct WarnAboutAgentOperation: Check {
  package static let name = "warn-of-agent-operation"
  package static let summary =
    "Warn about an App Mesh Envoy that gets no traffic, stops too early, or has an open agent"

  package let envoy: PresentEnvoy

  /// Seconds that the agent accepts. It uses the default for other values.
  private static let drains = 5...110
  private static let defaultDrain = 20
  /// Seconds that Envoy and the agent need to stop, in addition to draining.
  private static let margin = 5

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let given = envoy["LISTENER_DRAIN_WAIT_TIME_S"].flatMap { Int($0.value) }
    let drain = given.flatMap { Self.drains.contains($0) ? $0 : nil } ?? Self.defaultDrain
    if let stop = task.integer(.stopTimeout, of: envoy.container), stop < drain + Self.margin {
      findings.add(
        Self.stopsTooEarly,
        ["stop": "\(stop)", "drain": "\(drain)", "margin": "\(Self.margin)"],
        at: task.node(.stopTimeout, of: envoy.container), in: task.document)
    }
    if envoy.resource?.kind == .virtualNode, task.node(.proxyConfiguration) == nil {
      findings.add(Self.nothingRedirected, at: envoy.container, in: task.document)
    }
    let address = envoy["APPNET_AGENT_HTTP_BIND_ADDRESS"]?.value
    if let mode = envoy["APPNET_AGENT_ADMIN_MODE"], mode.value == "tcp",
      address != "127.0.0.1", address != "[::1]", address?.isPlaceholder != true
    {
      findings.add(Self.openAgent, at: mode.node, in: task.document)
    }
  }
}

extension WarnAboutAgentOperation {
  package static let rules = [stopsTooEarly, nothingRedirected, openAgent]

  private static let stopsTooEarly = Rule.warning(
    "stops-too-early",
    "ECS kills Envoy after {stop} seconds, before requests had {drain} seconds to finish.",
    fix: "Set stopTimeout to at least LISTENER_DRAIN_WAIT_TIME_S plus {margin}.",
    see: Rule.Source.envoyVariables)
  private static let nothingRedirected = Rule.warning(
    "nothing-redirected",
    "Envoy runs for a virtual node, but the task has no proxyConfiguration, so all traffic bypasses "
      + "Envoy.",
    fix: "Add proxyConfiguration, as inject does.", see: Rule.Source.appMeshOnECS)
  private static let openAgent = Rule.warning(
    "open-agent",
    "The administration interface of App Mesh's agent listens on all addresses of the task.",
    fix: "Set APPNET_AGENT_HTTP_BIND_ADDRESS to 127.0.0.1.", see: Rule.Source.envoyVariables)
}
