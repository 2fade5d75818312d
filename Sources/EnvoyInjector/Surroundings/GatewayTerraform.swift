import CloudFormation
import LosslessJSON
import RolePolicies
import TaskDefinitions

/// The resources of ``GatewayStack`` for Terraform's AWS provider, version 5.
///
/// The containers and the policy statements come from the template after all stages.
struct GatewayTerraform {
  let stack: GatewayStack
  /// The template, with containers and policies.
  let template: JSONValue

  var text: String {
    ([Self.variables] + stack.ports.enumerated().map(listenerPort) + [Self.data] + roles
      + [task] + securityGroups + [loadBalancer] + stack.ports.map(listener)
      + [registry, service, Self.outputs] + names)
      .joined(separator: "\n")
  }

  private var family: String { HCL.literal(stack.family) }

  private func properties(_ resource: String) -> JSONValue {
    template["Resources"]?[resource]?["Properties"] ?? .object([])
  }

  private func expression(_ value: JSONValue) -> String {
    HCL.expression(value, depth: 1, reference: Self.reference)
  }

  // MARK: References

  /// The Terraform names of the template's references.
  private static let references = [
    GatewayStack.logGroup: "aws_cloudwatch_log_group.gateway.name",
    "AWS::Region": "data.aws_region.current.name",
    "AWS::Partition": "data.aws_partition.current.partition",
    "AWS::URLSuffix": "data.aws_partition.current.dns_suffix",
    "AWS::AccountId": "data.aws_caller_identity.current.account_id",
  ]

  /// A text with the variables of its second argument, as ``StackVariables`` writes it.
  private static func configuration(_ arguments: [JSONValue]) -> String? {
    guard arguments.count == 2, let text = arguments[0].string,
      let variables = arguments[1].object
    else { return nil }
    let values = variables.map {
      ($0.name, $0.value[Intrinsic.ref]?.string.flatMap { references[$0] })
    }
    guard !values.contains(where: { $0.1 == nil }) else { return nil }
    return values.reduce(HCL.literal(text)) { literal, variable in
      literal.replacing("$${\(variable.0)}", with: "${\(variable.1 ?? "")}")
    }
    // `${!Name}` stands for the text `${Name}`.
    .replacing("$${!", with: "$${")
  }

  private static func reference(_ value: JSONValue) -> String? {
    if let name = value[Intrinsic.ref]?.string { return references[name] }
    if let arguments = value[Intrinsic.sub]?.array { return configuration(arguments) }
    if let text = value["Fn::Sub"]?.string {
      return references.reduce(HCL.literal(text)) { literal, reference in
        literal.replacing("$${\(reference.key)}", with: "${\(reference.value)}")
      }
    }
    guard value["Fn::GetAtt"] == [.string(GatewayStack.logGroup), "Arn"] else { return nil }
    // In a template, the ARN of a log group has this suffix.
    return "\"${aws_cloudwatch_log_group.gateway.arn}:*\""
  }

  // MARK: Blocks

  private static let variables = """
    variable "cluster" {
      description = "ARN of the ECS cluster"
      type        = string
    }

    variable "vpc_id" {
      type = string
    }

    variable "subnet_ids" {
      description = "Subnets of the tasks"
      type        = list(string)
    }

    variable "load_balancer_subnet_ids" {
      type = list(string)
    }

    variable "internal" {
      description = "Whether the load balancer has no public addresses"
      type        = bool
      default     = true
    }

    variable "assign_public_ip" {
      description = "true if the subnets of the tasks have no NAT gateway"
      type        = bool
      default     = false
    }

    variable "client_cidr" {
      description = "Addresses that may connect"
      type        = string
    }

    variable "namespace_id" {
      description = "Cloud Map namespace with DNS to register in; empty for none"
      type        = string
      default     = ""
    }

    variable "desired_count" {
      type    = number
      default = 2
    }

    """

  private func listenerPort(_ index: Int, _ port: Int) -> String {
    """
    variable "listener_port_\(port)" {
      type    = number
      default = \(index == 0 ? 80 : port)
    }

    """
  }

  private static let data = """
    data "aws_region" "current" {}

    data "aws_partition" "current" {}

    data "aws_caller_identity" "current" {}

    resource "aws_cloudwatch_log_group" "gateway" {
      retention_in_days = 7
    }

    """

  private var roles: [String] {
    [
      (stack.makesTaskRole, GatewayStack.taskRole, "task"),
      (stack.makesExecutionRole, GatewayStack.executionRole, "execution"),
    ].filter(\.0).map { role($0.1, $0.2) }
  }

  private func role(_ resource: String, _ label: String) -> String {
    let role = properties(resource)
    let policies = (role[RoleProperty.policies]?.array ?? []).map { policy in
      """
      resource "aws_iam_role_policy" "\(label)" {
        role = aws_iam_role.\(label).name
        policy = jsonencode(\(expression(policy[RoleProperty.policyDocument] ?? .null)))
      }

      """
    }
    let trust = expression(role["AssumeRolePolicyDocument"] ?? .null)
    return """
      resource "aws_iam_role" "\(label)" {
        assume_role_policy = jsonencode(\(trust))
      }

      """ + policies.map { "\n" + $0 }.joined()
  }

  private var task: String {
    let task = Dialect.cloudFormation.registerValue(properties("TaskDefinition"))
    func role(_ field: Field, _ label: String) -> String {
      task[field.spelling]?.string.map(HCL.literal) ?? "aws_iam_role.\(label).arn"
    }
    func text(_ field: Field) -> String { HCL.literal(task[field.spelling]?.string ?? "") }
    return """
      resource "aws_ecs_task_definition" "gateway" {
        family                   = \(family)
        network_mode             = \(text(.networkMode))
        requires_compatibilities = \(expression(task[Field.requiresCompatibilities.spelling] ?? []))
        cpu                      = \(text(.cpu))
        memory                   = \(text(.memory))
        task_role_arn            = \(role(.taskRoleArn, "task"))
        execution_role_arn       = \(role(.executionRoleArn, "execution"))
        container_definitions = jsonencode(\(expression(task[Field.containerDefinitions.spelling] ?? [])))
      }

      """
  }

  private var securityGroups: [String] {
    let clients = stack.ports.map { port in
      ingress("var.listener_port_\(port)", ("cidr_blocks", "[var.client_cidr]"))
    }
    let tasks = stack.ports.map { port in
      ingress("\(port)", ("security_groups", "[aws_security_group.load_balancer.id]"))
    }
    return [
      securityGroup("load_balancer", "Clients of the load balancer", clients),
      securityGroup("task", "The load balancer", tasks),
    ]
  }

  private func securityGroup(_ label: String, _ description: String, _ rules: [String]) -> String {
    """
    resource "aws_security_group" "\(label)" {
      description = "\(description)"
      vpc_id      = var.vpc_id
    \(rules.joined())
      egress {
        protocol    = "-1"
        from_port   = 0
        to_port     = 0
        cidr_blocks = ["0.0.0.0/0"]
      }
    }

    """
  }

  private func ingress(_ port: String, _ source: (name: String, expression: String)) -> String {
    let attributes = [
      ("protocol", "\"tcp\""), ("from_port", port), ("to_port", port), source,
    ]
    return "\n  ingress {\n\(HCL.attributes(attributes, depth: 2))  }\n"
  }

  private var loadBalancer: String {
    """
    resource "aws_lb" "gateway" {
      load_balancer_type = "network"
      internal           = var.internal
      subnets            = var.load_balancer_subnet_ids
      security_groups    = [aws_security_group.load_balancer.id]
    }

    """
  }

  private func listener(_ port: Int) -> String {
    """
    resource "aws_lb_target_group" "port_\(port)" {
      vpc_id      = var.vpc_id
      target_type = "ip"
      protocol    = "TCP"
      port        = \(port)
      # Envoy drains for 20 seconds and is stopped after 40.
      deregistration_delay = 30

      health_check {
        protocol = "TCP"
      }
    }

    resource "aws_lb_listener" "port_\(port)" {
      load_balancer_arn = aws_lb.gateway.arn
      protocol          = "TCP"
      port              = var.listener_port_\(port)

      default_action {
        type             = "forward"
        target_group_arn = aws_lb_target_group.port_\(port).arn
      }
    }

    """
  }

  private var registry: String {
    """
    resource "aws_service_discovery_service" "gateway" {
      count = var.namespace_id == "" ? 0 : 1
      name  = \(family)

      dns_config {
        namespace_id = var.namespace_id

        dns_records {
          type = "A"
          ttl  = 10
        }
      }

      health_check_custom_config {
        failure_threshold = 1
      }
    }

    """
  }

  private var service: String {
    let balancers = stack.ports.map { port in
      """

        load_balancer {
          container_name   = \(HCL.literal(stack.containerName))
          container_port   = \(port)
          target_group_arn = aws_lb_target_group.port_\(port).arn
        }

      """
    }
    let listeners = stack.ports.map { "aws_lb_listener.port_\($0)" }.joined(separator: ", ")
    return """
      resource "aws_ecs_service" "gateway" {
        name            = \(family)
        cluster         = var.cluster
        launch_type     = "FARGATE"
        task_definition = aws_ecs_task_definition.gateway.arn
        desired_count   = var.desired_count
        depends_on      = [\(listeners)]

        deployment_circuit_breaker {
          enable   = true
          rollback = true
        }

        network_configuration {
          subnets          = var.subnet_ids
          security_groups  = [aws_security_group.task.id]
          assign_public_ip = var.assign_public_ip
        }
      \(balancers.joined())
        dynamic "service_registries" {
          for_each = aws_service_discovery_service.gateway
          content {
            registry_arn = service_registries.value.arn
          }
        }
      }

      """
  }

  /// The outputs of a virtual gateway.
  private var names: [String] {
    [("mesh_name", stack.meshName), ("gateway_name", stack.gatewayName)].compactMap { name, value in
      guard let value else { return nil }
      return """
        output "\(name)" {
          value = \(HCL.literal(value))
        }

        """
    }
  }

  private static let outputs = """
    output "load_balancer_dns" {
      value = aws_lb.gateway.dns_name
    }

    output "service_arn" {
      value = aws_ecs_service.gateway.id
    }

    output "task_security_group_id" {
      value = aws_security_group.task.id
    }

    """
}
