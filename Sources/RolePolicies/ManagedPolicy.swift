package import LosslessJSON
import TaskDefinitions

/// AWS managed policies that allow actions which added containers need, on all resources.
///
/// - SeeAlso: <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>
package enum ManagedPolicy {
  /// The actions that added containers need, keyed by the policy's path and name. A `*` at the end is a
  /// wildcard.
  package static let actions: [String: Set<String>] = [
    "AWSAppMeshEnvoyAccess": ["appmesh:StreamAggregatedResources"],
    "AWSXRayDaemonWriteAccess": Set(RolePolicies.traces.actions),
    "service-role/AmazonECSTaskExecutionRolePolicy": pull.union([
      "logs:CreateLogStream", "logs:PutLogEvents",
    ]),
    "AmazonEC2ContainerRegistryReadOnly": pull,
    "CloudWatchFullAccess": logs,
    "CloudWatchLogsFullAccess": logs,
  ]

  private static let pull: Set<String> = [
    "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
  ]
  private static let logs: Set<String> = [
    "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents",
  ]

  /// - Parameter arn: an element of a role's `ManagedPolicyArns`, literal or with functions.
  /// - Returns: an empty set for every other policy.
  package static func actions(of arn: JSONValue) -> Set<String> {
    guard case .literal(let text) = TemplateText(arn)?.parts.last,
      let name = text.split(separator: ":iam::aws:policy/").last, text.hasSuffix("policy/\(name)")
    else { return [] }
    return actions[String(name)] ?? []
  }
}
