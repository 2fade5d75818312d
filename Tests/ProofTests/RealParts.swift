import CommandTesting
import Foundation
import Testing

/// The real parts that proofs run: tools that pip installs.
enum RealParts {
  static let howToGet: Comment =
    """
    the proofs need python3 with moto, boto3, awscli, cfn-lint and python-hcl2: \
    pip install 'moto[server,cloudformation,ecs,iam]' boto3 awscli cfn-lint python-hcl2
    """

  static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

  static let areAvailable: Bool = {
    let probe = "import boto3, cfnlint, flask, hcl2, moto"
    guard let python = Program(named: "python3"), Program(named: "aws") != nil,
      Program(named: "cfn-lint") != nil
    else { return false }
    return (try? python.run(["-c", probe]).status) == 0
  }()

  /// Runs a script that stands beside this file; it prints a line for each check.
  static func run(_ script: String, _ arguments: [String]) throws {
    let python = try #require(Program(named: "python3"), howToGet)
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent(script).path
    let outcome = try python.run(
      [path] + arguments, environment: ["PYTHONDONTWRITEBYTECODE": "1"])
    let failed = outcome.output.split(separator: "\n").filter { !$0.hasPrefix("PASS") }
    #expect(
      outcome.status == 0 && outcome.output.contains("PASS"),
      "\(failed.joined(separator: "\n"))\n\(outcome.errors)")
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips where a tool is missing; on CI the test runs, and fails.
  static var needsRealParts: Self {
    .enabled(if: RealParts.areAvailable || RealParts.isCI, RealParts.howToGet)
  }
}
