import CommandTesting
import Foundation
import Surroundings
import Testing

/// The recipe of the article "Operations" for more than one machine, on Spark.
@Suite(.enabled(if: SparkParts.areWanted, SparkParts.howToGet)) struct SparkTests {
  @Test(.timeLimit(.minutes(15))) func everyResultIsJoinedToItsKey() throws {
    let article = try Folders.text(
      Folders.package.appendingPathComponent(
        "Sources/EnvoyInjector/EnvoyInjector.docc/Operations.md"))
    let recipe = try #require(ConsoleExample.blocks("python", in: article).first)
    let folder = try TemporaryFolder()
    try folder.write(recipe.joined(separator: "\n"), to: "recipe.py")
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("spark.py").path
    let command = URL(fileURLWithPath: Program.injectEnvoy.path).deletingLastPathComponent().path
    let outcome = try #require(SparkParts.python, SparkParts.howToGet).run(
      [script, folder.path("recipe.py")],
      environment: [
        "PATH": "\(command):\(Program.searchPath)", "HOME": folder.path,
        "PYTHONDONTWRITEBYTECODE": "1",
      ], in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.output
        == #"{"blank": 100, "injected": 99700, "not-awsvpc": 100, "syntax": 100}"# + "\n")
  }
}

/// Python with `pyspark`, which runs Java.
private enum SparkParts {
  static let howToGet: Comment =
    "a slow proof: set SLOW_PROOFS=1; it needs pyspark and Java: Tests/install-tools.sh"
  static let python = Program(named: "java").flatMap { _ in
    let folder = "/opt/inject-envoy-tools/slow/bin"
    return FileManager.default.isExecutableFile(atPath: folder + "/spark-submit")
      ? Program(path: folder + "/python3") : nil
  }
  static let areWanted = SlowProofs.areWanted && (python != nil || RealParts.isCI)
}
