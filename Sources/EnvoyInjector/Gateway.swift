import LosslessJSON
import RolePolicies
import TaskChecks
public import TaskDefinitions

/// A task that is Envoy alone: it takes traffic from outside and sends it to services.
///
/// It has no `proxyConfiguration`: nothing is redirected to it, clients dial it.
/// <https://docs.aws.amazon.com/app-mesh/latest/userguide/virtual_gateways.html>
public struct Gateway: Sendable {
  private let options: InjectionOptions
  private let gateway: GatewayOptions

  public init(_ options: InjectionOptions, _ gateway: GatewayOptions) {
    self.options = options
    self.gateway = gateway
  }

  /// The task definition, ready to be registered.
  ///
  /// - Throws: when options contradict each other or name nothing to send traffic to.
  public func taskDefinition() throws(InjectionError) -> Injection {
    do throws(Problem) {
      try options.validate(for: .virtualGateway)
      try gateway.validate(with: options)
    } catch {
      throw .options(error)
    }
    var context = StageContext(
      TaskDefinition(try DocumentFormat.read(Array(skeleton.prettyText.utf8) + [0x0A])))
    let plan = Plan(options: options, gateway: gateway)
    Pipeline(plan).run(&context)
    let (document, findings) = (context.task.document, context.findings.all)
    if context.findings.hasErrors { throw .refused(findings) }
    return Injection(
      outcome: .made, output: document.rendered(), warnings: findings,
      family: context.task.text(.family), read: document,
      record: InjectionRecord(document, tasks: [InjectedTask(context, plan)]))
  }

  private var skeleton: JSONValue {
    .fields([
      .family: .string(family),
      .taskRoleArn: gateway.taskRoleArn.map(JSONValue.string),
      .executionRoleArn: gateway.executionRoleArn.map(JSONValue.string),
      .networkMode: .string(NetworkMode.awsvpc),
      .requiresCompatibilities: [.string(Compatibility.fargate)],
      .cpu: .string(String(gateway.cpu)),
      .memory: .string(String(gateway.memory)),
      .containerDefinitions: [],
    ])
  }

  private var family: String {
    gateway.family ?? options.controlPlane.source.gatewayFamily ?? "envoy-gateway"
  }
}
