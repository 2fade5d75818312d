import CommandTesting
import Testing

/// Messages of a step of a GitHub workflow.
@Suite struct AnnotationTests {
  private static let step = ["GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": "/home/runner/shop"]
  private static let appMesh = ["--virtual-node", Sample.node]

  @Test func aWarningStandsBesideItsLine() throws {
    let folder = try TemporaryFolder()
    let web = try folder.write(Sample.web, to: "tasks/web.json")
    let plain = try Outcome.ofCommand(Self.appMesh + [web])
    let outcome = try Outcome.ofCommand(
      Self.appMesh + [web],
      environment: ["GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": folder.path])
    #expect(outcome.output == plain.output)
    let commands = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("::") }
    #expect(
      commands == [
        "::warning file=tasks/web.json,line=1,col=1,title=app-mesh-ended::AWS switched App Mesh off on "
          + "2026-09-30. A newly started Envoy gets no configuration, so containers that wait for it "
          + "never start.%0Afix: Use this mode only to keep or compare old task definitions."
      ])
    let others = outcome.errors.split(separator: "\n").filter { !$0.hasPrefix("::") }
    #expect(others == plain.errors.split(separator: "\n"))
  }

  @Test func aRefusalIsAnError() throws {
    let outcome = try Outcome.ofCommand([], environment: Self.step, input: "{")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("\n::error title=syntax::"), "\(outcome.errors)")
    let label = try Outcome.ofCommand(
      [], environment: Self.step, input: Sample.web(labels: ["inject-envoy.io/user": "1"]))
    #expect(label.errors.contains("\n::error title="), "\(label.errors)")
  }

  @Test func elsewhereThereAreNone() throws {
    for environment in [[:], ["GITHUB_ACTIONS": "false"]] {
      let outcome = try Outcome.ofCommand(Self.appMesh, environment: environment, input: Sample.web)
      #expect(!outcome.errors.contains("::"))
    }
  }

  /// Text of a document and the name of a file cannot add a command, or end one.
  @Test func nothingHostileGetsIn() throws {
    let folder = try TemporaryFolder()
    let hostile = #"x\n::stop-commands::y\u001b[31m\r%0A::error::z\u202e"#
    let documents = [
      Sample.web.replacing("\"awsvpc\"", with: "\"awsvpc\(hostile)\""),
      Sample.web(labels: ["inject-envoy.io/job": hostile]),
    ]
    for document in documents {
      let file = try folder.write(document, to: "a,line=1::b\n::error::c\u{1B}%")
      let outcome = try Outcome.ofCommand([file], environment: Self.step)
      let commands = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("::") }
      #expect(!commands.isEmpty)
      #expect(
        commands.allSatisfy { $0.hasPrefix("::error file=") || $0.hasPrefix("::warning file=") })
      #expect(commands.allSatisfy { !$0.contains("a,line") })
      #expect(outcome.errors.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
      #expect(!outcome.errors.contains("\u{202E}"))
    }
  }
}
