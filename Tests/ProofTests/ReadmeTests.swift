import CommandTesting
import EnvoyInjector
import Foundation
import Surroundings
import Testing

/// The examples of the README are correct.
@Suite struct ReadmeTests {
  private let readme: String

  init() throws { readme = try Folders.text(Folders.package.appendingPathComponent("README.md")) }

  @Test func everyConsoleExampleRuns() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: Folders.testdata, to: URL(fileURLWithPath: folder.path("testdata")))
    let command = URL(fileURLWithPath: Program.injectEnvoy.path).deletingLastPathComponent().path
    let examples = ConsoleExample.all(in: readme)
    #expect(!examples.isEmpty)
    for example in examples {
      let outcome = try Program(path: "/bin/sh").run(
        ["-c", "exec 2>&1\n" + example.command],
        environment: ["PATH": "\(command):\(Program.searchPath)"],
        in: folder.path)
      #expect(example.matches(outcome.output), "$ \(example.command)\n\(outcome.output)")
    }
  }

  /// The article describes the Terraform way in at most six commands, from the state to an injected list of
  /// containers. `terraform show` needs the provider, so its output already exists in the folder.
  @Test func terraformTakesAtMostSixCommands() throws {
    let article = try Folders.text(
      Folders.package.appendingPathComponent(
        "Sources/EnvoyInjector/EnvoyInjector.docc/FromAppMesh.md"))
    let block = try #require(
      ConsoleExample.blocks("sh", in: article).first { $0.first?.hasPrefix("terraform ") == true })
    #expect(block.count <= 6)
    #expect(block.first == "terraform show -json > mesh.json" && block.last == "terraform apply")
    let folder = try TemporaryFolder()
    try folder.write(
      Folders.text(Folders.testdata.appendingPathComponent("meshes/terraform.json")),
      to: "mesh.json")
    let command = URL(fileURLWithPath: Program.injectEnvoy.path).deletingLastPathComponent().path
    let outcome = try Program(path: "/bin/sh").run(
      ["-ec", block.dropFirst().dropLast().joined(separator: "\n")],
      environment: ["PATH": "\(command):\(Program.searchPath)"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let injected = try folder.text("injected.json")
    #expect(injected.contains("mesh/shop/virtualNode/web"))
    #expect(!injected.contains("aws-appmesh-envoy"))
  }

  /// The commands of the job for GitLab and of the step for GitHub run as the article shows them.
  @Test func thePipelinesRun() throws {
    let article = try Folders.text(
      Folders.package.appendingPathComponent(
        "Sources/EnvoyInjector/EnvoyInjector.docc/Pipelines.md"))
    let commands = article.split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix("    - inject-envoy ") || $0.hasPrefix("    inject-envoy ") }
      .map { String($0.drop { $0 == " " || $0 == "-" }) }
    #expect(commands.count == 3)
    let folder = try TemporaryFolder()
    try folder.write(Sample.web, to: "taskdef.json")
    let command = URL(fileURLWithPath: Program.injectEnvoy.path).deletingLastPathComponent().path
    let outcome = try Program(path: "/bin/sh").run(
      ["-ec", commands.joined(separator: "\n")],
      environment: [
        "PATH": "\(command):\(Program.searchPath)", "GITHUB_STEP_SUMMARY": "summary.md",
      ], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      try folder.names() == [
        "edits.json", "edits.txt", "injected.json", "summary.md", "taskdef.json",
      ])
    #expect(try folder.text("summary.md").hasPrefix("```mermaid\n"))
  }

  @Test(arguments: ["Architecture", "Contributing"])
  func everyFileThatAnArticleNamesExists(_ article: String) throws {
    let text = try Folders.text(
      Folders.package.appendingPathComponent(
        "Sources/EnvoyInjector/EnvoyInjector.docc/\(article).md"))
    let names = text.matches(of: #/`([\w.+-]+(?:/[\w.+-]+)+)`/#).map { String($0.1) }
    #expect(names.count > 5)
    for name in names {
      let places = [name, "Sources/" + name].map { Folders.package.appendingPathComponent($0).path }
      #expect(places.contains { FileManager.default.fileExists(atPath: $0) }, "\(name)")
    }
  }

  /// The library example is the text of this function, so it compiles, and it runs.
  @Test func theLibraryExampleRuns() throws {
    let bytes = Array(Sample.web.utf8)

    // README
    let injector = Injector(InjectionOptions())
    let injection = try injector.inject(bytes)
    print(injection.output.count, injection.edits.count)
    // end

    #expect(injection.output.count > bytes.count)
    let source = try Folders.text(URL(fileURLWithPath: #filePath))
    let parts = source.split(separator: "    // README\n")
    let code = try #require(parts.dropFirst().first?.split(separator: "    // end\n").first)
    let lines = code.split(separator: "\n").map { String($0.dropFirst(4)) }
    let block = try #require(ConsoleExample.blocks("swift", in: readme).first)
    #expect(block == ["import EnvoyInjector", ""] + lines)
  }

  /// `.ci/run` calls it.
  @Test func theSecondCommandRunsTheTests() throws {
    let block = try #require(ConsoleExample.blocks("sh", in: readme).dropFirst().first)
    #expect(block.count == 1 && block.first?.hasSuffix("swift test") == true)
  }

  @Test(arguments: [
    (["a", "b"], "a\nb\n", true), (["a", "b"], "a\n", false), (["a"], "a\nb\n", false),
    (["..."], "", true), (["a", "...", "d"], "a\nb\nc\nd\n", true), ([], "", true),
    (["a", "  ...", "d"], "a\nd\n", true), (["...", "d"], "a\n", false), ([], "a", false),
  ])
  func ellipsesStandForAnyLines(_ expected: [String], _ output: String, _ matches: Bool) {
    #expect(ConsoleExample(command: "", expected: expected).matches(output) == matches)
  }
}
