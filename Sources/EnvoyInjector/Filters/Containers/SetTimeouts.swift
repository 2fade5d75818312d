import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Limits the time that Envoy may take to become healthy and to stop.
///
/// `startTimeout` is set on the container that others wait for. Without it, an Envoy that hangs keeps a
/// Fargate task pending forever.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>
struct SetTimeouts: Filter {
  static let name = "set-timeouts"
  static let summary =
    "Limit the time of Envoy's start, and leave time to finish requests at its stop"

  private let start: PreparedValue
  private let stop: PreparedValue

  init(startTimeoutSeconds: Int, stopTimeoutSeconds: Int) {
    start = PreparedValue(.integer(startTimeoutSeconds))
    stop = PreparedValue(.integer(stopTimeoutSeconds))
  }

  func apply(to context: inout StageContext) {
    guard let envoy = context.envoy else { return }
    context.set(
      .startTimeout, to: start, in: envoy,
      because: "A task whose Envoy does not become ready fails after this time.")
    context.set(
      .stopTimeout, to: stop, in: envoy,
      because: "Envoy finishes requests in flight before ECS kills it.")
  }
}
