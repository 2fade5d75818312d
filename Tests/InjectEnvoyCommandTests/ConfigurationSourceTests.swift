import CommandTesting
import Foundation
import Testing

/// Sources of a configuration. A source that cannot be read is an error, and never makes the command hang.
@Suite struct ConfigurationSourceTests {
  private func run(in folder: TemporaryFolder, _ arguments: [String] = []) throws -> Outcome {
    try Program.injectEnvoy.run(arguments, in: folder.path, input: Sample.web)
  }

  @Test(arguments: ["nowhere", "inject-envoy.yaml"])
  func aLinkThatLeadsNowhereIsAnError(_ target: String) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("inject-envoy.yaml"), withDestinationPath: target)
    let outcome = try run(in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("Cannot read 'inject-envoy.yaml'"), "\(outcome.errors)")
  }

  @Test func aFolderIsNoConfiguration() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("inject-envoy.yaml"), withIntermediateDirectories: false)
    #expect(try run(in: folder).status == 1)
  }

  @Test(.timeLimit(.minutes(15)), arguments: [[], ["--config", "inject-envoy.yaml"]])
  func aPipeWithoutAWriterIsAnError(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    try #require(mkfifo(folder.path("inject-envoy.yaml"), 0o600) == 0)
    let outcome = try run(in: folder, arguments)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("it is a pipe without a writer."))
  }

  @Test(.timeLimit(.minutes(15))) func aPipeWithAWriterIsRead() throws {
    let folder = try TemporaryFolder()
    try folder.write(Sample.web, to: "web.json")
    let script = "(sleep 0.2; echo 'user: 4321') | \"$0\" --config /dev/stdin web.json"
    let outcome = try Program(path: "/bin/sh").run(
      ["-c", script, Program.injectEnvoy.path], in: folder.path)
    #expect(outcome.output.contains("\"user\": \"4321\""), "\(outcome.errors)")
  }

  @Test func aVariableThatSetsNothingIsAWarning() throws {
    let other = try Outcome.ofCommand([], environment: ["INJECT_ENVOY_CI": "1"], input: Sample.web)
    #expect(other.status == 0)
    #expect(
      other.errors.hasPrefix(
        "inject-envoy: warning: The environment variable INJECT_ENVOY_CI sets no option.\n"))
    let slip = try Outcome.ofCommand(
      [], environment: ["INJECT_ENVOY_APP_PRT": "80"], input: Sample.web)
    #expect(slip.status == 64)
    #expect(slip.errors.contains("Did you mean INJECT_ENVOY_APP_PORT?"))
  }

  /// "injected" would be wrong before the file is written.
  @Test func aFileThatCanNotBeWrittenIsNotReportedAsInjected() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Sample.web + "{", to: "web.json")
    let outcome = try Outcome.ofCommand(["--in-place", file])
    #expect(outcome.status == 1)
    #expect(!outcome.errors.contains("injected"), "\(outcome.errors)")
    #expect(try folder.text("web.json") == Sample.web + "{")
  }

  /// Text without a name may be a secret.
  @Test func anErrorAboutAVariableQuotesNoValue() throws {
    for option in ["env", "secret"] {
      let outcome = try Outcome.ofCommand(["--\(option)", "hunter2hunter2"], input: Sample.web)
      #expect(outcome.status == 64)
      #expect(!outcome.errors.contains("hunter2"), "\(outcome.errors)")
    }
  }
}
