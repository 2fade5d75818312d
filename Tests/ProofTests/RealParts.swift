import CommandTesting
import Foundation
import Surroundings
import Testing

/// The real programs that proofs run. `Tests/install-tools.sh` installs them.
enum RealParts {
  static let howToGet: Comment = "a real part is missing: Tests/install-tools.sh installs it"

  static let python = Program(named: "python3")
  static let aws = Program(named: "aws")
  static let motoServer = Program(named: "moto_server")

  /// In CI, nothing may be skipped.
  static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

  static let areAvailable: Bool = {
    let probe = "import boto3, cfnlint, flask, hcl2, jsonpatch, moto"
    guard let python, aws != nil, motoServer != nil,
      Program(named: "cfn-lint") != nil
    else { return false }
    return (try? python.run(["-c", probe]).status) == 0
  }()

  /// Runs a script in the folder of this file.
  static func outcome(of script: String, _ arguments: [String]) throws -> Outcome {
    let python = try #require(python, howToGet)
    let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent(script).path
    return try python.run(
      [program] + arguments, environment: ["PYTHONDONTWRITEBYTECODE": "1"])
  }

  /// Runs a script that prints a line for each check.
  static func run(_ script: String, _ arguments: [String]) throws {
    let outcome = try outcome(of: script, arguments)
    let failed = outcome.output.split(separator: "\n").filter { !$0.hasPrefix("PASS") }
    #expect(
      outcome.status == 0 && outcome.output.contains("PASS"),
      "\(failed.joined(separator: "\n"))\n\(outcome.errors)")
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips the test, even in CI, unless slow proofs are wanted. `.ci/run` runs all of them in a step of their own.
  static var isSlowProof: Self { .enabled(if: SlowProofs.areWanted, "\(SlowProofs.howToGet)") }

  /// Skips the test if a tool is missing. In CI the test runs, and fails.
  static var needsRealParts: Self {
    .enabled(if: RealParts.areAvailable || RealParts.isCI, RealParts.howToGet)
  }
}
