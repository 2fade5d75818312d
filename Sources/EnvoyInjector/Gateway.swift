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
    do throws(OptionError) {
      try options.validate(for: .virtualGateway)
      try gateway.validate(with: options)
    } catch {
      throw .options(error)
    }
    var context = StageContext(
      TaskDefinition(try DocumentFormat.read(Array(skeleton.prettyText.utf8) + [0x0A])))
    Pipeline(Plan(options: options, gateway: gateway)).run(&context)
    let (task, envoy, findings) = (context.task, context.envoy, context.findings)
    if findings.hasErrors { throw .refused(findings.all) }
    let facts = options.facts(
      of: task, envoy: envoy, ports: gateway.ports(with: options).count)
    return Injection(
      outcome: .made, output: task.document.rendered(), warnings: findings.all,
      family: task.text(.family), read: task.document,
      account: Injection.Account(
        edits: { task.document.edits }, facts: { facts },
        bootstrap: { envoy.flatMap { task.embeddedBootstrap(of: $0) } }))
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
