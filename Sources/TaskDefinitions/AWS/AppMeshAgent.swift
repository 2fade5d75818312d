/// Environment variables that the agent in App Mesh's image reads.
///
/// `REGION`, which the ECS Workshop sets, is not one of them.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-config.html>
package enum AgentVariable: String, CaseIterable, Sendable {
  case logLevel = "ENVOY_LOG_LEVEL"
  case concurrency = "ENVOY_CONCURRENCY"
  case drainSeconds = "LISTENER_DRAIN_WAIT_TIME_S"
  case adminPort = "ENVOY_ADMIN_ACCESS_PORT"
  case region = "AWS_REGION"
  case statsTags = "ENABLE_ENVOY_STATS_TAGS"
  case xrayTracing = "ENABLE_ENVOY_XRAY_TRACING"
  case xraySamplingRate = "XRAY_SAMPLING_RATE"
  case resourceARN = "APPMESH_RESOURCE_ARN"
}

/// The agent in App Mesh's image. It writes Envoy's configuration and runs Envoy.
package enum AppMeshAgent {
  /// The health check that works in the image: it has a shell and curl, and Envoy's admin interface
  /// answers LIVE after the control plane has configured Envoy.
  /// <https://docs.aws.amazon.com/app-mesh/latest/userguide/getting-started-ecs.html>
  package static func healthCheckCommand(adminPort: Int) -> [String] {
    [
      "CMD-SHELL",
      "curl -s http://localhost:\(adminPort)/server_info | grep state | grep -q LIVE",
    ]
  }
}
