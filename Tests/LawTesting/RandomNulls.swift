import LosslessJSON

/// Generates YAML templates whose empty members have all spellings that YAML allows.
public struct RandomNulls {
  private var seed: Seed

  public init(_ seed: inout Seed) { self.seed = seed.part() }

  public mutating func make() -> [UInt8] {
    let end = seed.pick(["\n", "\n", "\r\n"])
    var lines = ["Resources:", "  T:", "    Type: AWS::ECS::TaskDefinition", "    Properties:"]
    let members = ["Family: w", "NetworkMode: awsvpc", "Cpu: '256'", "Memory: '1024'"]
    lines += members.shuffled(using: &seed).map { "      " + $0 }
    lines += some(["ProxyConfiguration", "Volumes", "Tags", "TaskRoleArn"], indented: 6)
    lines += ["      ContainerDefinitions:", "        - Name: app", "          Image: x"]
    lines += some(
      ["DependsOn", "DockerLabels", "Environment", "PortMappings", "LogConfiguration"],
      indented: 10)
    if seed.chance(40) {
      lines += ["        - Name: other # two", "          Image: y"]
      lines += some(["DependsOn", "Essential"], indented: 10)
    }
    return Array((lines.joined(separator: end) + (seed.chance(80) ? end : "")).utf8)
  }

  private mutating func some(_ names: [String], indented blanks: Int) -> [String] {
    names.shuffled(using: &seed).filter { _ in seed.chance(50) }.map { name in
      String(repeating: " ", count: blanks) + name + ":"
        + seed.pick([
          "", " ~", " null", " Null", " NULL", "  ~ ", " # c", " ~ # c", "\t", " !!null ''",
          " &a ~", " !Ref AWS::NoValue",
        ])
    }
  }
}
