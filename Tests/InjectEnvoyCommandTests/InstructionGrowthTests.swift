import CommandTesting
import Foundation
import Surroundings
import Testing

/// Four times the input takes at most five times the instructions, so the cost of a hostile document is
/// limited by its size.
///
/// The test takes three minutes, so it runs only if SLOW_PROOFS is set.
@Suite(.enabled(if: Valgrind.isExpected, "\(Valgrind.howToGet)"))
struct InstructionGrowthTests {
  private static let limit = 5.0

  @Test(arguments: GrowingInput.all) func isNearlyLinear(_ input: GrowingInput) throws {
    let start = try Valgrind.instructions(of: ["--version"], "")
    let counts = try [input.size, 4 * input.size].map { size in
      try Valgrind.instructions(of: input.arguments, input.text(size)) - start
    }
    print("NOTE \(input.testDescription): \(counts[0]), then \(counts[1]) instructions")
    #expect(Double(counts[1]) <= Self.limit * Double(counts[0]), "\(counts)")
  }
}

/// Counts instructions. The count is repeatable, unlike the time.
enum Valgrind {
  static let howToGet = "a slow proof: set SLOW_PROOFS=1; it needs valgrind: Tests/install-tools.sh"
  private static let program = Program(named: "valgrind")
  static let isExpected = SlowProofs.areWanted

  /// - Parameter input: standard input, and also the file `input.yaml` in the command's working directory.
  static func instructions(of arguments: [String], _ input: String) throws -> Int {
    let folder = try TemporaryFolder()
    try folder.write(input, to: "input.yaml")
    let outcome = try #require(program).run(
      ["--tool=callgrind", "--callgrind-out-file=/dev/null", Program.injectEnvoy.path] + arguments,
      in: folder.path, input: input)
    // Some of the inputs are invalid.
    try #require([0, 1, 2].contains(outcome.status), "\(outcome.errors)")
    let line = outcome.errors.split(separator: "\n").first { $0.contains("Collected :") }
    return try #require(line?.split(separator: " ").last.flatMap { Int($0) }, "\(outcome.errors)")
  }
}

/// An input of variable size, and the command that reads it.
struct GrowingInput: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let arguments: [String]
  let size: Int
  let text: @Sendable (Int) -> String

  private init(
    _ name: String, _ arguments: [String], _ size: Int, _ text: @escaping @Sendable (Int) -> String
  ) {
    (testDescription, self.arguments, self.size, self.text) = (name, arguments, size, text)
  }

  static let all = [
    GrowingInput("chained Fn::Sub", mesh, 20, chainedNames),
    // More levels of conditions are rejected.
    GrowingInput("nested Fn::And", mesh, 6, nestedConditions),
    GrowingInput("mesh", mesh, 15, ring),
    GrowingInput("mesh --output", mesh + ["--output", "out"], 6, ring),
    GrowingInput("tasks that share a role", ["--virtual-node", Sample.node], 6, tasks),
    GrowingInput("--diff", ["--diff"], 2, tasks),
    GrowingInput("secrets of a broken document", [], 60) { secrets($0) + "]" },
    GrowingInput("secrets", ["--diff"], 40) {
      Sample.web.replacing(#""family""#, with: #""x": [\#(secrets($0))], "family""#)
    },
    GrowingInput("dependsOn", [], 200, dependencies),
  ]

  private static let mesh = ["mesh", "input.yaml"]

  /// Each name refers three times to the previous name, and is equally long.
  private static func chainedNames(_ count: Int) -> String {
    nodes(0..<1) { _ in "a-0" }
      + nodes(1..<count) { number in
        let name = "${N\(number - 1).VirtualNodeName}"
        let first = "!Select [0, !Split [-, !Sub '\(name)-\(name)-\(name)']]"
        return "!Join [-, [\(first), '\(number)']]"
      }
  }

  private static func nodes(_ numbers: Range<Int>, _ name: (Int) -> String) -> String {
    (numbers.lowerBound == 0 ? "Resources:\n" : "")
      + numbers.map { number in
        "  N\(number): {Type: AWS::AppMesh::VirtualNode, Properties: {MeshName: m, Spec: {}, "
          + "VirtualNodeName: \(name(number))}}\n"
      }.joined()
  }

  private static func nestedConditions(_ count: Int) -> String {
    let conditions = (1...count).map { number in
      let ten = (0..<10).map { _ in "{Condition: C\(number - 1)}" }.joined(separator: ", ")
      return "  C\(number): !And [\(ten)]\n"
    }
    return "Conditions:\n  C0: !Equals [a, a]\n\(conditions.joined())Resources:\n  Node: "
      + "{Type: AWS::AppMesh::VirtualNode, Condition: C\(count), Properties: {MeshName: m, "
      + "Spec: {}, VirtualNodeName: a}}\n"
  }

  /// Every node calls the next one.
  private static func ring(_ count: Int) -> String {
    (0..<count).map { number in
      """
      {"meshName": "m", "virtualNodeName": "n\(number)", "spec": {"listeners": [{"portMapping":
        {"port": 80, "protocol": "http"}}], "backends": [{"virtualService":
        {"virtualServiceName": "s\((number + 1) % count).local"}}], "serviceDiscovery":
        {"dns": {"hostname": "n\(number).local"}}}}
      {"meshName": "m", "virtualServiceName": "s\(number).local", "spec": {"provider":
        {"virtualNode": {"virtualNodeName": "n\(number)"}}}}

      """
    }.joined()
  }

  private static func tasks(_ count: Int) -> String {
    let tasks = (0..<count).map { number in
      #""Task\#(number)": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"NetworkMode": "#
        + #""awsvpc", "TaskRoleArn": {"Fn::GetAtt": ["Role", "Arn"]}, "ExecutionRoleArn": "#
        + #"{"Fn::GetAtt": ["Role", "Arn"]}, "ContainerDefinitions": [{"Name": "app", "Image": "a:1"}]}}"#
    }
    return #"{"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": {}},"#
      + "\n\(tasks.joined(separator: ",\n"))}}\n"
  }

  private static func secrets(_ count: Int) -> String {
    (0..<count).map { #"{"name": "A_PASSWORD\#($0)", "value": "s3cr3t-\#($0)"}"# }
      .joined(separator: ",\n")
  }

  private static func dependencies(_ count: Int) -> String {
    let containers = (0..<count).map { number in
      #"{"name": "c\#(number)", "image": "a", "dependsOn": [{"containerName": "c\#(number + 1)", "#
        + #""condition": "START"}]}"#
    }
    return #"{"networkMode": "awsvpc", "containerDefinitions": ["#
      + containers.joined(separator: ",\n") + "]}\n"
  }
}
