import RolePolicies
import TaskChecks
import TaskDefinitions

/// What is chosen for a task that is Envoy alone, beside the options of Envoy itself.
public struct GatewayOptions: Hashable, Sendable {
  /// On which Envoy takes traffic; `nil`: those of the virtual gateway's listeners in a mesh that
  /// is described, or 3000, which is the ECS Workshop's.
  public var ports: [Int]?
  /// `nil`: the virtual gateway's name, or `envoy-gateway`.
  public var family: String?
  /// CPU units of the task. With ``memory`` the smallest task that Fargate has.
  public var cpu = 256
  /// MiB of the task.
  public var memory = 512
  /// ARN or name.
  public var taskRoleArn: String?
  /// ARN or name.
  public var executionRoleArn: String?

  public init() {}

  func ports(with options: InjectionOptions) -> [Int] {
    ports ?? options.mesh?.ports(of: .virtualGateway) ?? [3000]
  }
}
