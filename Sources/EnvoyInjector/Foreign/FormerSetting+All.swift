import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

extension FormerSetting {
  /// The settings to compare, in the order of the report.
  static let all = traffic + agent + container

  private static let traffic = [
    FormerSetting(name: "AppPorts", option: .appPort, comparison: .contained) {
      $0.list(.appPorts)
    },
    FormerSetting(
      name: "EgressIgnoredPorts", option: .egressIgnoredPort, comparison: .contained
    ) { $0.list(.egressIgnoredPorts) },
    FormerSetting(name: "EgressIgnoredIPs", option: .egressIgnoredIp, comparison: .contained) {
      $0.list(.egressIgnoredIPs)
    },
    FormerSetting(name: "IgnoredUID", option: .user) { $0.list(.ignoredUID) },
    FormerSetting(name: "IgnoredGID", option: .ignoredGid) { $0.list(.ignoredGID) },
  ]

  /// The agent's variables: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-config.html>
  private static let agent = [
    variable(.logLevel, .logLevel) { [$0.logLevel.rawValue] },
    variable(.concurrency, .concurrency) { [String($0.concurrency)] },
    variable(.drainSeconds, .drainSeconds) { [String($0.drainSeconds)] },
    variable(.adminPort, .adminPort) { [String($0.adminPort)] },
    FormerSetting(name: Agent.statsTags.rawValue, option: .statsTags) {
      $0.isOn(.statsTags) ? ["true"] : []
    } present: {
      $0.statsTags ? ["true"] : []
    },
    FormerSetting(name: Agent.xrayTracing.rawValue, option: .tracing) {
      $0.isOn(.xrayTracing) ? ["xray"] : []
    } present: {
      // The collector replaces the X-Ray daemon.
      $0.tracing == .none ? [] : ["xray"]
    },
    FormerSetting(name: Agent.xraySamplingRate.rawValue, option: .xraySamplingRate) {
      $0.isOn(.xrayTracing) ? $0.variable(.xraySamplingRate) : []
    } present: {
      [$0.xraySamplingRate ?? ""]
    },
  ]

  private typealias Agent = AgentVariable

  private static func variable(
    _ variable: Agent, _ option: Setting,
    _ present: @escaping @Sendable (InjectionOptions) -> [String]
  ) -> FormerSetting {
    FormerSetting(name: variable.rawValue, option: option) { view in
      // The agent accepted both spellings.
      view.variable(variable).map { $0 == "warn" ? LogLevel.warning.rawValue : $0 }
    } present: {
      present($0)
    }
  }

  private static let container = [
    FormerSetting(name: "image", option: .envoyImage) { view in
      view.task.hasAgent(view.envoy) ? [] : view.texts(.image)
    },
    FormerSetting(name: "cpu", option: .envoyCpu) { $0.texts(.cpu).filter { $0 != "0" } },
    FormerSetting(name: "memory", option: .envoyMemory) { $0.texts(.memory) },
    FormerSetting(name: "memoryReservation", option: .envoyMemoryReservation) {
      $0.texts(.memoryReservation)
    },
    FormerSetting(name: "nofile", option: .nofile, comparison: .notLess) { $0.nofile },
    FormerSetting(name: "startTimeout", option: .startTimeout) { $0.texts(.startTimeout) },
    FormerSetting(name: "stopTimeout", option: .stopTimeout) { $0.texts(.stopTimeout) },
    FormerSetting(name: "healthCheck interval", option: .healthInterval) {
      $0.health(.interval)
    },
    FormerSetting(name: "healthCheck timeout", option: .healthTimeout) { $0.health(.timeout) },
    FormerSetting(name: "healthCheck retries", option: .healthRetries) { $0.health(.retries) },
    FormerSetting(name: "healthCheck startPeriod", option: .healthStartPeriod) {
      $0.health(.startPeriod)
    },
    FormerSetting(name: "essential: false", option: .job) {
      $0.task.isEssential($0.envoy) ? [] : ["true"]
    },
    FormerSetting(name: LogOption.group, option: .logs) { $0.log(LogOption.group) },
    FormerSetting(name: LogOption.streamPrefix, option: .logStreamPrefix) {
      $0.log(LogOption.streamPrefix)
    },
  ]
}
