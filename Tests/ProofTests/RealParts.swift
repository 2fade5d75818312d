import CommandTesting
import Foundation
import Testing

/// The real parts that proofs run: from the folder of `Tests/install-tools.sh`, or on the PATH.
enum RealParts {
  static let howToGet: Comment = "a real part is missing: Tests/install-tools.sh installs it"

  private static let folder = "/opt/inject-envoy-tools/bin"

  static let python = Program(named: "python3", alsoIn: [folder])
  static let aws = Program(named: "aws", alsoIn: [folder])
  static let motoServer = Program(named: "moto_server", alsoIn: [folder])

  /// Where nothing may be skipped.
  static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

  static let areAvailable: Bool = {
    let probe = "import boto3, cfnlint, flask, hcl2, jsonpatch, moto"
    guard let python, aws != nil, motoServer != nil,
      Program(named: "cfn-lint", alsoIn: [folder]) != nil
    else { return false }
    return (try? python.run(["-c", probe]).status) == 0
  }()

  /// Runs a script that stands beside this file.
  static func outcome(of script: String, _ arguments: [String]) throws -> Outcome {
    let python = try #require(python, howToGet)
    let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent(script).path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try python.run(
      [program] + arguments,
      environment: ["PATH": "\(folder):\(path)", "PYTHONDONTWRITEBYTECODE": "1"])
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
  /// Skips where a tool is missing; on CI the test runs, and fails.
  static var needsRealParts: Self {
    .enabled(if: RealParts.areAvailable || RealParts.isCI, RealParts.howToGet)
  }
}
