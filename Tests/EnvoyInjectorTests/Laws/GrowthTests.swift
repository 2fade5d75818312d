import LawTesting
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

/// Four times the input takes about four times as long.
@Suite(.serialized) struct GrowthTests {
  /// Time is less precise than instructions, which have a limit of five. Quadratic work takes 16 times as long.
  private static let limit = 6.5

  enum Work: String, CaseIterable {
    /// Tasks that share both roles are injected, uninjected, and checked.
    case sharedRole
    /// The difference between a large template and its injection.
    case difference
    /// Secrets in a document that cannot be read.
    case unreadableSecrets
    /// Secrets in a valid document.
    case secrets
    /// Containers that wait for each other, many more than ECS allows.
    case dependencies

    func run(_ size: Int) throws {
      switch self {
      case .sharedRole:
        let output = try Self.template(size).inject { $0.tracing = .xray }.output
        _ = try Injector.uninject(output)
        _ = Injector(try .appMesh("mesh/shop/virtualNode/web")).check(output)
      case .difference:
        let template = Self.template(size)
        let output = try template.inject().output
        _ = UnifiedDiff(from: Array(template.json.utf8), to: output).text(name: "x")
      case .unreadableSecrets:
        let text = Self.secrets(size * 20).dropLast() + ",]}"
        _ = Redaction(of: Array(text.utf8)).starred(Array(text.utf8))
      case .secrets:
        let bytes = Array(Self.secrets(size * 10).utf8)
        _ = Redaction(of: bytes).masked(document: bytes)
      case .dependencies:
        _ = Injecting.refusals { try Injecting.inject(Self.chain(size * 20)) }
      }
    }

    private static func template(_ tasks: Int) -> RoleTemplate {
      var template = RoleTemplate()
      template.task = #""ExecutionRoleArn": {"Ref": "Role"}"#
      template.more = (1..<tasks).map { number in
        "\n\"Task\(number)\": " + RoleTemplate.task(#""TaskRoleArn": {"Ref": "Role"}"#)
      }.joined(separator: ", ")
      return template
    }

    private static func secrets(_ count: Int) -> String {
      let variables = (0..<count).map { #"{"name":"A_PASSWORD\#($0)","value":"s3cr3t-\#($0)"}"# }
      return #"{"a":[\#(variables.joined(separator: ","))]}"#
    }

    private static func chain(_ count: Int) -> String {
      let containers = (0..<count).map { number in
        #"{"name":"c\#(number)","image":"a","dependsOn":[{"containerName":"c\#(number + 1)","#
          + #""condition":"START"}]}"#
      }
      return
        #"{"networkMode":"awsvpc","containerDefinitions":[\#(containers.joined(separator: ","))]}"#
    }
  }

  @Test(arguments: Work.allCases) func isNearlyLinear(_ work: Work) throws {
    let growth = try Growth.measured(from: 25, to: 100, until: Self.limit) { size in
      try threadTime { try work.run(size) }
    }
    #expect(growth.ratio <= Self.limit, "\(growth)")
  }
}
