import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Adds Envoy's health check, which the applications wait for.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html>
struct SetHealthCheck: Filter {
  static let name = "set-health-check"
  static let summary = "Add Envoy's health check"

  private let check: PreparedValue

  /// - Parameter command: a command that works in Envoy's image, because ECS runs it in the container.
  init(command: [String], timing: HealthTiming) {
    check = PreparedValue(
      .fields([
        .command: .array(command.map(JSONValue.string)),
        .interval: .integer(timing.interval),
        .timeout: .integer(timing.timeout),
        .retries: .integer(timing.retries),
        // 0 is the default of ECS.
        .startPeriod: timing.startPeriod == 0 ? nil : .integer(timing.startPeriod),
      ]), of: .healthCheck)
  }

  func apply(to context: inout StageContext) {
    guard let envoy = context.envoy else { return }
    context.set(
      .healthCheck, to: check, in: envoy,
      because: "Applications start when this health check succeeds.")
  }
}
