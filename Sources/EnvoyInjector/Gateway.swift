import AppMesh
import CloudFormation
import LosslessJSON
import RolePolicies
import TaskChecks
public import TaskDefinitions

/// A task that runs only Envoy. It accepts traffic from outside and sends it to services.
///
/// It has no `proxyConfiguration`, because clients connect to it directly.
/// <https://docs.aws.amazon.com/app-mesh/latest/userguide/virtual_gateways.html>
public struct Gateway: Sendable {
  private let options: InjectionOptions
  private let gateway: GatewayOptions

  public init(_ options: InjectionOptions, _ gateway: GatewayOptions) {
    self.options = options
    self.gateway = gateway
  }

  /// Makes a task definition that can be registered.
  ///
  /// - Throws: an error if options contradict each other or there is no destination for traffic.
  public func taskDefinition() throws(InjectionError) -> Injection {
    try validate()
    return try made(options, TaskDefinition(try Self.read(skeleton)))
  }

  /// Makes a CloudFormation template with the task definition, its service, and a network load balancer.
  ///
  /// - Throws: the errors of ``taskDefinition()``, and an error if the gateway has more ports than a
  /// service can have target groups.
  public func template() throws(InjectionError) -> Injection { try made(stack()) }

  /// Makes the resources of ``template()`` as Terraform code, and returns it with the template that it was made
  /// from.
  ///
  /// - Throws: the errors of ``template()``.
  public func terraform() throws(InjectionError) -> (text: String, template: Injection) {
    let stack = try stack()
    let template = try made(stack)
    let document = try DocumentFormat.read(template.output)
    let text = GatewayTerraform(stack: stack, template: document.value(document.root)).text
    return (text, template)
  }

  private func stack() throws(InjectionError) -> GatewayStack {
    try validate()
    let ports = gateway.ports(with: options)
    guard ports.count <= GatewayStack.portLimit else { throw .options(.manyPorts(ports.count)) }
    return GatewayStack(
      task: skeleton.merging(rolesOfStack), family: family, ports: ports,
      containerName: options.resolvedEnvoyName, meshName: options.mesh?.mesh.name,
      gatewayName: options.mesh?.member, makesTaskRole: gateway.taskRoleArn == nil,
      makesExecutionRole: gateway.executionRoleArn == nil)
  }

  private func made(_ stack: GatewayStack) throws(InjectionError) -> Injection {
    let document = try Self.read(stack.json)
    return try made(loggingToStack, TaskDefinition(document, at: TaskPlace.all(in: document).first))
  }

  private func validate() throws(InjectionError) {
    do throws(Problem) {
      try options.validate(for: .virtualGateway)
      try gateway.validate(with: options)
    } catch {
      throw .options(error)
    }
  }

  private static func read(_ value: JSONValue) throws(InjectionError) -> Document {
    try DocumentFormat.read(Array(value.prettyText.utf8) + [0x0A])
  }

  private func made(
    _ options: InjectionOptions, _ task: TaskDefinition
  ) throws(InjectionError) -> Injection {
    var context = StageContext(task)
    let plan = Plan(options: options, gateway: gateway)
    Pipeline(plan).run(&context)
    let (document, findings) = (context.task.document, context.findings.all)
    if context.findings.hasErrors { throw .refused(findings) }
    return Injection(
      outcome: .made, text: PrintedText(of: document), warnings: findings,
      family: context.task.text(.family), read: document,
      record: InjectionRecord(document, tasks: [InjectedTask(context, plan)]))
  }

  /// References to the roles that the stack creates.
  private var rolesOfStack: JSONValue {
    func reference(_ given: String?, _ role: String) -> JSONValue {
      given.map(JSONValue.string) ?? ["Fn::GetAtt": [.string(role), "Arn"]]
    }
    return .fields([
      .taskRoleArn: reference(gateway.taskRoleArn, GatewayStack.taskRole),
      .executionRoleArn: reference(gateway.executionRoleArn, GatewayStack.executionRole),
    ])
  }

  /// The options with the stack's log group, unless they set Envoy's log destination.
  private var loggingToStack: InjectionOptions {
    guard options.logs == .inherit else { return options }
    func container(_ patch: JSONValue?, _ prefix: String) -> JSONValue {
      let logging = JSONValue.fields([
        .logConfiguration: .fields([
          .logDriver: .string(LogDriver.awslogs),
          .options: [
            LogOption.group: [Intrinsic.ref: .string(GatewayStack.logGroup)],
            LogOption.region: [Intrinsic.ref: "AWS::Region"],
            LogOption.streamPrefix: .string(options.logStreamPrefix ?? prefix),
          ],
        ])
      ])
      return patch.map(logging.merging) ?? logging
    }
    var changed = options
    changed.envoyContainer = container(options.envoyContainer, "envoy")
    if options.tracing != .none {
      changed.tracingContainer = container(options.tracingContainer, "tracing")
    }
    return changed
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

extension Problem {
  fileprivate static func manyPorts(_ count: Int) -> Self {
    Self(
      "an ECS service has at most \(GatewayStack.portLimit) target groups, and the gateway has "
        + "\(count) ports",
      fix: "give fewer ports with \(.port)")
  }
}
