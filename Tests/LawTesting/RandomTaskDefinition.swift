public import LosslessJSON

/// Generates task definitions from everything that filters read, and from things that they must ignore.
public struct RandomTaskDefinition {
  private var seed: Seed

  public init(_ seed: inout Seed) { self.seed = seed.part() }

  public mutating func make() -> JSONValue {
    let names = ["app", "web", "log_router", "xray", "a/b~c", "=app", "0", "init", "ü"]
      .shuffled(using: &seed).prefix(seed.number(1...4))
    let size = seed.pick(Self.sizes)
    var members: [JSONValue.Member] = [
      member("containerDefinitions", .array(names.map { container($0, Array(names)) }))
    ]
    members.append(member("networkMode", seed.chance(95) ? "awsvpc" : "bridge"))
    members += some([
      ("family", seed.pick(["web", "", .null])),
      ("taskRoleArn", "arn:aws:iam::123456789012:role/t"),
      ("executionRoleArn", .null), ("cpu", size.cpu), ("memory", size.memory),
      ("requiresCompatibilities", seed.pick([["FARGATE"], ["EC2", "FARGATE"], [], .null])),
      ("volumes", seed.pick([[], .null, [["name": "v", "efsVolumeConfiguration": [:]]]])),
      ("proxyConfiguration", seed.chance(90) ? .null : ["containerName": "app"]),
      ("inferenceAccelerators", [["deviceName": "é\u{1F600}\"\\\n"]]), ("placementConstraints", []),
      ("runtimePlatform", seed.pick([.null, ["cpuArchitecture": "ARM64"]])),
      ("x-unknown", ["n": .number("1.50e+3"), "big": .number("18446744073709551615"), "e": [:]]),
    ])
    let definition = JSONValue.object(members.shuffled(using: &seed))
    return seed.chance(15) ? described(definition) : definition
  }

  /// Sizes that Fargate has, and no size.
  private static let sizes: [(cpu: JSONValue, memory: JSONValue)] = [
    ("256", "512"), (".25 vCPU", "0.5GB"), ("256", "1024"), ("4096", "8 GB"), (.null, .null),
  ]

  /// The definition as ECS describes it: wrapped or bare, with members that cannot be registered.
  private mutating func described(_ definition: JSONValue) -> JSONValue {
    let own = some([
      ("revision", 7), ("status", "ACTIVE"), ("registeredAt", .number("1.7e9")),
      ("requiresAttributes", [["name": "ecs.capability.task-eni"]]), ("compatibilities", ["EC2"]),
    ])
    let all = JSONValue.object(((definition.object ?? []) + own).shuffled(using: &seed))
    guard seed.chance(60) else { return all }
    let wrapper = [member("taskDefinition", all)] + some([("tags", [["key": "k", "value": "v"]])])
    return .object(wrapper.shuffled(using: &seed))
  }

  private mutating func container(_ name: String, _ names: [String]) -> JSONValue {
    let others = names.prefix { $0 != name }
    var members = [member("name", .string(name))]
    members += some([
      ("image", seed.pick(["shop/app:1", "public.ecr.aws/xray/aws-xray-daemon:3.x"])),
      ("essential", seed.pick([true, false, .null])), ("cpu", seed.pick([0, 64, 10])),
      ("memory", seed.pick([256, 128, .null])), ("memoryReservation", 64),
      ("user", seed.pick(["1337", "0:1338", "node", .null])),
      ("portMappings", ports(after: others.count)),
      ("dependsOn", dependencies(others)), ("environment", seed.pick([[], .null, Self.variables])),
      ("dockerLabels", seed.pick([.null, [:], ["a": "b", "team": .null]])),
      ("logConfiguration", logging()), ("mountPoints", []), ("links", .null),
      ("firelensConfiguration", seed.chance(20) ? ["type": "fluentbit"] : .null),
      ("healthCheck", ["command": ["CMD-SHELL", "true"]]),
    ])
    return .object(members.shuffled(using: &seed))
  }

  private static let variables: JSONValue = [
    ["name": "A", "value": "1"], ["name": "B", "value": "\u{7F}\t/"], ["value": "", "name": "C"],
  ]

  /// - Parameter others: the number of earlier containers, because all share one set of ports.
  private mutating func ports(after others: Int) -> JSONValue {
    let all: [JSONValue] = [
      ["containerPort": .integer(8080 + 2 * others), "protocol": "tcp"],
      ["containerPort": .integer(9090 + others), "name": "grpc"],
      ["containerPort": .integer(53 + others), "protocol": "udp"],
      ["containerPortRange": "7000-7002"],
      ["containerPort": .integer(8081 + 2 * others), "appProtocol": "http2", "hostPort": .null],
    ]
    return seed.chance(10) ? .null : .array(all.shuffled(using: &seed).dropLast(seed.number(0...5)))
  }

  private mutating func dependencies(_ others: ArraySlice<String>) -> JSONValue {
    guard seed.chance(60) else { return seed.pick([[], .null]) }
    // A condition that not every container can fulfill is rare.
    let start = Array(repeating: JSONValue.string("START"), count: 8)
    let conditions = start + ["SUCCESS", "HEALTHY"]
    return .array(
      others.map { ["condition": seed.pick(conditions), "containerName": .string($0)] })
  }

  private mutating func logging() -> JSONValue {
    seed.pick([
      .null, ["logDriver": "json-file"], ["logDriver": "awsfirelens", "options": .null],
      [
        "options": ["awslogs-group": "/ecs/web", "awslogs-region": "eu-west-1"],
        "logDriver": "awslogs", "secretOptions": [],
      ],
    ])
  }

  private mutating func some(_ members: [(String, JSONValue)]) -> [JSONValue.Member] {
    members.filter { _ in seed.chance(45) }.map { member($0.0, $0.1) }
  }

  private func member(_ name: String, _ value: JSONValue) -> JSONValue.Member {
    JSONValue.Member(name, value)
  }
}
