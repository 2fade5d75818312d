import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Sets the network mode that redirection needs if the task has none. On Fargate it always does, because
/// Fargate has no other mode. Elsewhere the user must ask for it.
///
/// A mode that the document names is not changed, and ``RequireAwsvpc`` rejects it.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html>
struct SetNetworkMode: Filter {
  static let name = "set-network-mode"
  static let summary =
    "Set networkMode: awsvpc if a Fargate task names none, or what an option says"

  /// Whether tasks that do not declare Fargate get the mode too.
  let isForced: Bool

  func apply(to context: inout StageContext) {
    guard context.task.node(.networkMode) == nil, isForced || context.task.isFargate else { return }
    context.set(
      .networkMode, to: .string(NetworkMode.awsvpc),
      because: context.task.isFargate
        ? "Fargate has no other network mode."
        : "ECS redirects traffic to a proxy only in this network mode.")
    if !context.task.isFargate {
      context.report(Self.newNetworkMode, at: context.task.node(.networkMode))
    }
  }
}

extension SetNetworkMode {
  static let rules = [newNetworkMode]

  private static let newNetworkMode = Rule.warning(
    "new-network-mode",
    "The task gets network mode awsvpc, in which it has a network interface of its own. Its "
      + "service cannot be updated as it is.",
    fix: "Give the service networkConfiguration with subnets and security groups, and load "
      + "balancer target groups of type ip.",
    see: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html")
}
