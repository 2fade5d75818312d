import CommandTesting
import Foundation
import LosslessJSON
import Surroundings
import Testing

@testable import InjectEnvoyCommand

/// The schema of the configuration file, as check-jsonschema applies it.
@Suite(.needsValidator) struct SchemaTests {
  fileprivate static let validator = Program(named: "check-jsonschema")

  private let folder: TemporaryFolder
  private let schema: String

  init() throws {
    folder = try TemporaryFolder()
    schema = try folder.write(Outcome.ofCommand(["schema"]).output, to: "schema.json")
  }

  @Test func isASchema() throws {
    let outcome = try #require(Self.validator).run(["--check-metaschema", schema])
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test func acceptsTheFilesOfTestdata() throws {
    let files = Folders.entries(of: Folders.testdata).flatMap(Folders.entries)
      .filter { $0.lastPathComponent.hasPrefix("inject-envoy.") }.map(\.path)
    #expect(files.count >= 4)
    #expect(try rejected(files) == [])
  }

  @Test func acceptsTheExampleOfTheReadme() throws {
    let readme = try Folders.text(Folders.package.appendingPathComponent("README.md"))
    let block = try #require(
      readme.split(separator: "```yaml\n").dropFirst().first { $0.contains("envoyContainer:") })
    let text = try #require(block.split(separator: "```").first)
    #expect(try rejected([folder.write(String(text), to: "readme.yaml")]) == [])
  }

  /// Each sample alone, in a list where the option is repeatable, and each odd value that the tool accepts.
  @Test func acceptsWhatTheToolAccepts() throws {
    var files: [String] = []
    for option in OptionTable.all where option.sources.contains(.key) {
      for value in option.samples() + option.oddities() + ["none", "7", "true"] {
        var options = CallOptions()
        guard (try? option.apply(&options, [value])) != nil else { continue }
        let text = JSONValue.string(value)
        let values = option.isRepeated ? [text, .array([text])] : [text]
        for value in values {
          let file: JSONValue = ["$schema": "x", "log-level": "info"]
          files.append(
            try folder.write(
              file.merging(.object([JSONValue.Member(option.name, value)])).compactText,
              to: "\(option.name)-\(files.count).json"))
        }
      }
    }
    #expect(files.count > 150)
    #expect(try rejected(files) == [])
  }

  static let accepted = [
    "", "{}", #"{"user": 1337, "resize": true, "app-port": [8080, "9090/grpc"]}"#,
    #"{"env": {"A": 1, "B": true}, "upstream": [{"api": "api.internal:80"}, "db=db:5432/tcp"]}"#,
    #"{"patches": [{"op": "copy", "from": "/a", "path": ""}], "accessLogFields": "method"}"#,
    "$schema: inject-envoy.schema.json\nupstream:\n  api: api.internal:80\n",
  ]

  @Test(arguments: accepted) func accepts(_ text: String) throws {
    let file = try folder.write(text, to: "c.yaml")
    let outcome = try Outcome.ofCommand(["--config", file], input: Sample.web)
    #expect(outcome.status != 64, "\(outcome.errors)")
    #expect(try rejected([file]) == [])
  }

  static let wrong = [
    "[]", #"{"app-prot": 8080}"#, #"{"in-place": true}"#, #"{"help": true}"#, #"{"$schema": 1}"#,
    #"{"user": 0}"#, #"{"user": "x"}"#, #"{"user": 1.5}"#, #"{"user": null}"#,
    #"{"user": [1337]}"#, #"{"log-level": "loud"}"#, #"{"xds-tls": "yes"}"#,
    #"{"egress-http-port": []}"#, #"{"egress-http-port": [0]}"#, #"{"tracing": ["xray"]}"#,
    #"{"disable-filter": "nothing"}"#, #"{"env": {"A": [1]}}"#, #"{"envoyContainer": 7}"#,
    #"{"tracingContainer": "x"}"#, #"{"accessLogFields": ["size"]}"#, #"{"patches": {}}"#,
    #"{"patches": [{"op": "set", "path": "/x", "value": 1}]}"#,
    #"{"patches": [{"op": "add", "path": "/x"}]}"#, #"{"patches": [{"op": "move", "path": "/x"}]}"#,
    #"{"patches": [{"op": "remove", "path": "x"}]}"#,
  ]

  @Test func rejectsWhatTheToolRejects() throws {
    var files: [String] = []
    for (index, text) in Self.wrong.enumerated() {
      let file = try folder.write(text, to: "wrong-\(index).json")
      files.append(file)
      let outcome = try Outcome.ofCommand(["--config", file], input: Sample.web)
      #expect(outcome.status == 64, "\(text): \(outcome.errors)")
    }
    let accepted = Set(files).subtracting(try rejected(files))
    #expect(zip(files, Self.wrong).filter { accepted.contains($0.0) }.map(\.1) == [])
  }

  /// The files that do not have the form of the schema, in one run.
  private func rejected(_ files: [String]) throws -> [String] {
    let outcome = try #require(Self.validator).run(
      ["--schemafile", schema, "--output-format", "json"] + files)
    let report = try Document(Array(outcome.output.utf8))
    let value = report.value(report.root)
    let problems = (value["errors"]?.array ?? []) + (value["parse_errors"]?.array ?? [])
    return Set(problems.compactMap { $0["filename"]?.string }).sorted()
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips where check-jsonschema is missing; on CI the test runs, and fails.
  fileprivate static var needsValidator: Self {
    .enabled(
      if: SchemaTests.validator != nil || ProcessInfo.processInfo.environment["CI"] == "true",
      "check-jsonschema is missing: Tests/install-tools.sh installs it")
  }
}
