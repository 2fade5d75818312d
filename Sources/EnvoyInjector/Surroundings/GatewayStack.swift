import CloudFormation
import LosslessJSON
import TaskChecks
import TaskDefinitions

/// The CloudFormation template for a gateway: a network load balancer, the service behind it, and the
/// resources that both need.
///
/// The template has a fixed structure. Users can set its parameters, and edit it for everything else.
struct GatewayStack {
  /// A task definition without containers, in the spelling of RegisterTaskDefinition.
  let task: JSONValue
  let family: String
  let ports: [Int]
  /// The name of Envoy's container.
  let containerName: String
  /// The names in the mesh, if the gateway is a virtual gateway.
  let meshName: String?
  let gatewayName: String?
  /// The stack creates only the roles that the user does not name.
  let makesTaskRole: Bool
  let makesExecutionRole: Bool

  /// An ECS service can have at most five target groups.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/register-multiple-targetgroups.html>
  static let portLimit = 5

  static let logGroup = "LogGroup"
  static let taskRole = "TaskRole"
  static let executionRole = "ExecutionRole"

  var json: JSONValue {
    [
      "AWSTemplateFormatVersion": "2010-09-09",
      "Description": .string("Envoy gateway \(family) behind a network load balancer"),
      "Parameters": .object(parameters),
      "Conditions": [
        "IsRegistered": ["Fn::Not": [["Fn::Equals": [Self.ref("NamespaceId"), ""]]]]
      ],
      "Resources": .object(roles + resources + listeners),
      "Outputs": .object(outputs),
    ]
  }

  // MARK: Parameters

  private var parameters: [JSONValue.Member] {
    [
      .init("Cluster", ["Type": "String", "Description": "Name or ARN of the ECS cluster"]),
      .init("Vpc", ["Type": "AWS::EC2::VPC::Id"]),
      .init(
        "Subnets", ["Type": "List<AWS::EC2::Subnet::Id>", "Description": "Subnets of the tasks"]),
      .init("LoadBalancerSubnets", ["Type": "List<AWS::EC2::Subnet::Id>"]),
      .init(
        "Scheme",
        [
          "Type": "String", "AllowedValues": ["internal", "internet-facing"],
          "Default": "internal",
        ]),
      .init(
        "AssignPublicIp",
        [
          "Type": "String", "AllowedValues": ["DISABLED", "ENABLED"], "Default": "DISABLED",
          "Description": "ENABLED if the subnets of the tasks have no NAT gateway",
        ]),
      .init("ClientCidr", ["Type": "String", "Description": "Addresses that may connect"]),
      .init(
        "NamespaceId",
        [
          "Type": "String", "Default": "",
          "Description": "Cloud Map namespace with DNS to register in; empty for none",
        ]),
      .init("DesiredCount", ["Type": "Number", "Default": 2, "MinValue": 1]),
    ]
      + ports.enumerated().map { index, port in
        .init(
          "ListenerPort\(port)",
          ["Type": "Number", "Default": .integer(index == 0 ? 80 : port)])
      }
  }

  // MARK: Resources

  private var roles: [JSONValue.Member] {
    let role = Self.resource(
      "AWS::IAM::Role",
      [
        "AssumeRolePolicyDocument": [
          "Version": "2012-10-17",
          "Statement": [
            [
              "Effect": "Allow", "Principal": ["Service": "ecs-tasks.amazonaws.com"],
              "Action": "sts:AssumeRole",
              "Condition": ["StringEquals": ["aws:SourceAccount": Self.ref("AWS::AccountId")]],
            ]
          ],
        ]
      ])
    return [(makesTaskRole, Self.taskRole), (makesExecutionRole, Self.executionRole)]
      .filter(\.0).map { .init($0.1, role) }
  }

  private var resources: [JSONValue.Member] {
    [
      .init(Self.logGroup, Self.resource("AWS::Logs::LogGroup", ["RetentionInDays": 7])),
      .init(
        "TaskDefinition",
        Self.resource("AWS::ECS::TaskDefinition", Dialect.cloudFormation.value(task))),
      .init(
        "LoadBalancerSecurityGroup",
        securityGroup(
          "Clients of the load balancer",
          ports.map { ["CidrIp": Self.ref("ClientCidr"), "port": Self.ref("ListenerPort\($0)")] })),
      .init(
        "TaskSecurityGroup",
        securityGroup(
          "The load balancer",
          ports.map { port in
            [
              "SourceSecurityGroupId": Self.attribute("LoadBalancerSecurityGroup", "GroupId"),
              "port": .integer(port),
            ]
          })),
      .init(
        "LoadBalancer",
        Self.resource(
          "AWS::ElasticLoadBalancingV2::LoadBalancer",
          [
            "Type": "network", "Scheme": Self.ref("Scheme"),
            "Subnets": Self.ref("LoadBalancerSubnets"),
            "SecurityGroups": [Self.attribute("LoadBalancerSecurityGroup", "GroupId")],
          ])),
      .init("Registry", registry), .init("Service", service),
    ]
  }

  private func securityGroup(_ description: String, _ rules: [JSONValue]) -> JSONValue {
    let ingress = rules.map { rule -> JSONValue in
      let port = rule["port"] ?? .null
      return JSONValue.object(
        [.init("IpProtocol", "tcp"), .init("FromPort", port), .init("ToPort", port)]
          + (rule.object ?? []).filter { $0.name != "port" })
    }
    return Self.resource(
      "AWS::EC2::SecurityGroup",
      [
        "GroupDescription": .string(description), "VpcId": Self.ref("Vpc"),
        "SecurityGroupIngress": .array(ingress),
      ])
  }

  private var registry: JSONValue {
    JSONValue.object([.init("Condition", "IsRegistered")]).merging(
      Self.resource(
        "AWS::ServiceDiscovery::Service",
        [
          "Name": .string(family),
          "DnsConfig": [
            "NamespaceId": Self.ref("NamespaceId"), "DnsRecords": [["Type": "A", "TTL": 10]],
          ],
          "HealthCheckCustomConfig": ["FailureThreshold": 1],
        ]))
  }

  private var service: JSONValue {
    JSONValue.object([.init("DependsOn", .array(ports.map { .string("Listener\($0)") }))])
      .merging(
        Self.resource(
          "AWS::ECS::Service",
          [
            "Cluster": Self.ref("Cluster"), "LaunchType": "FARGATE",
            "TaskDefinition": Self.ref("TaskDefinition"),
            "DesiredCount": Self.ref("DesiredCount"),
            "DeploymentConfiguration": [
              "DeploymentCircuitBreaker": ["Enable": true, "Rollback": true]
            ],
            "NetworkConfiguration": [
              "AwsvpcConfiguration": [
                "AssignPublicIp": Self.ref("AssignPublicIp"), "Subnets": Self.ref("Subnets"),
                "SecurityGroups": [Self.attribute("TaskSecurityGroup", "GroupId")],
              ]
            ],
            "LoadBalancers": .array(
              ports.map { port in
                [
                  "ContainerName": .string(containerName), "ContainerPort": .integer(port),
                  "TargetGroupArn": Self.ref("TargetGroup\(port)"),
                ]
              }),
            "ServiceRegistries": [
              "Fn::If": [
                "IsRegistered", [["RegistryArn": Self.attribute("Registry", "Arn")]],
                Self.ref(Intrinsic.noValue),
              ]
            ],
          ]))
  }

  private var listeners: [JSONValue.Member] {
    ports.flatMap { port -> [JSONValue.Member] in
      [
        .init(
          "TargetGroup\(port)",
          Self.resource(
            "AWS::ElasticLoadBalancingV2::TargetGroup",
            [
              "VpcId": Self.ref("Vpc"), "TargetType": "ip", "Protocol": "TCP",
              "Port": .integer(port), "HealthCheckProtocol": "TCP",
              // Envoy drains for 20 seconds and is stopped after 40.
              "TargetGroupAttributes": [
                ["Key": "deregistration_delay.timeout_seconds", "Value": "30"]
              ],
            ])),
        .init(
          "Listener\(port)",
          Self.resource(
            "AWS::ElasticLoadBalancingV2::Listener",
            [
              "LoadBalancerArn": Self.ref("LoadBalancer"), "Protocol": "TCP",
              "Port": Self.ref("ListenerPort\(port)"),
              "DefaultActions": [
                ["Type": "forward", "TargetGroupArn": Self.ref("TargetGroup\(port)")]
              ],
            ])),
      ]
    }
  }

  // MARK: Outputs

  private var outputs: [JSONValue.Member] {
    let outputs: [(String, JSONValue?)] = [
      ("LoadBalancerDNS", Self.attribute("LoadBalancer", "DNSName")),
      ("ServiceArn", Self.ref("Service")),
      ("TaskSecurityGroupId", Self.attribute("TaskSecurityGroup", "GroupId")),
      ("MeshName", meshName.map { .string($0) }),
      ("GatewayName", gatewayName.map { .string($0) }),
    ]
    return outputs.compactMap { name, value in
      guard let value else { return nil }
      return .init(
        name,
        ["Value": value, "Export": ["Name": ["Fn::Sub": .string("${AWS::StackName}-\(name)")]]])
    }
  }

  private static func resource(_ type: String, _ properties: JSONValue) -> JSONValue {
    ["Type": .string(type), "Properties": properties]
  }

  private static func ref(_ name: String) -> JSONValue { [Intrinsic.ref: .string(name)] }

  private static func attribute(_ name: String, _ attribute: String) -> JSONValue {
    ["Fn::GetAtt": [.string(name), .string(attribute)]]
  }
}
