import EnvoyBootstrap
import RolePolicies
import TaskChecks
import TaskDefinitions

extension FormerSetting {
  /// What is compared before and after, in the order in which it is told.
  static let all = traffic + agent + container

  private static let traffic = [
    FormerSetting(name: "AppPorts", option: "app-port", comparison: .contained) {
      $0.list(.appPorts)
    },
    FormerSetting(
      name: "EgressIgnoredPorts", option: "egress-ignored-port", comparison: .contained
    ) { $0.list(.egressIgnoredPorts) },
    FormerSetting(name: "EgressIgnoredIPs", option: "egress-ignored-ip", comparison: .contained) {
      $0.list(.egressIgnoredIPs)
    },
    FormerSetting(name: "IgnoredUID", option: "user") { $0.list(.ignoredUID) },
    FormerSetting(name: "IgnoredGID", option: "ignored-gid") { $0.list(.ignoredGID) },
  ]

  /// The agent's variables: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-config.html>
  private static let agent = [
    variable(.logLevel, "log-level") { [$0.logLevel.rawValue] },
    variable(.concurrency, "concurrency") { [String($0.concurrency)] },
    variable(.drainSeconds, "drain-seconds") { [String($0.drainSeconds)] },
    variable(.adminPort, "admin-port") { [String($0.adminPort)] },
    FormerSetting(name: Agent.statsTags.rawValue, option: "stats-tags") {
      $0.isOn(.statsTags) ? ["true"] : []
    } present: {
      $0.statsTags ? ["true"] : []
    },
    FormerSetting(name: Agent.xrayTracing.rawValue, option: "tracing") {
      $0.isOn(.xrayTracing) ? ["xray"] : []
    } present: {
      // The collector takes the daemon's place.
      $0.tracing == .none ? [] : ["xray"]
    },
    FormerSetting(name: Agent.xraySamplingRate.rawValue, option: "xray-sampling-rate") {
      $0.isOn(.xrayTracing) ? $0.variable(.xraySamplingRate) : []
    } present: {
      [$0.xraySamplingRate ?? ""]
    },
  ]

  private typealias Agent = AgentVariable

  private static func variable(
    _ variable: Agent, _ option: String,
    _ present: @escaping @Sendable (InjectionOptions) -> [String]
  ) -> FormerSetting {
    FormerSetting(name: variable.rawValue, option: option) { view in
      // Both spellings are in use.
      view.variable(variable).map { $0 == "warn" ? LogLevel.warning.rawValue : $0 }
    } present: {
      present($0)
    }
  }

  private static let container = [
    FormerSetting(name: "image", option: "envoy-image") { view in
      let isAppMesh = view.task.presentEnvoy?.hasAgent == true
      return isAppMesh ? [] : view.texts(.image)
    },
    FormerSetting(name: "cpu", option: "envoy-cpu") { $0.texts(.cpu).filter { $0 != "0" } },
    FormerSetting(name: "memory", option: "envoy-memory") { $0.texts(.memory) },
    FormerSetting(name: "memoryReservation", option: "envoy-memory-reservation") {
      $0.texts(.memoryReservation)
    },
    FormerSetting(name: "nofile", option: "nofile", comparison: .notLess) { $0.nofile },
    FormerSetting(name: "startTimeout", option: "start-timeout") { $0.texts(.startTimeout) },
    FormerSetting(name: "stopTimeout", option: "stop-timeout") { $0.texts(.stopTimeout) },
    FormerSetting(name: "healthCheck interval", option: "health-interval") {
      $0.health(.interval)
    },
    FormerSetting(name: "healthCheck timeout", option: "health-timeout") { $0.health(.timeout) },
    FormerSetting(name: "healthCheck retries", option: "health-retries") { $0.health(.retries) },
    FormerSetting(name: "healthCheck startPeriod", option: "health-start-period") {
      $0.health(.startPeriod)
    },
    FormerSetting(name: "essential: false", option: "job") {
      $0.task.isEssential($0.envoy) ? [] : ["true"]
    },
    FormerSetting(name: LogOption.group, option: "logs") { $0.log(LogOption.group) },
    FormerSetting(name: LogOption.streamPrefix, option: "log-stream-prefix") {
      $0.log(LogOption.streamPrefix)
    },
  ]
}
