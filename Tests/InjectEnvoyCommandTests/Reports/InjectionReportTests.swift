import CommandTesting
import Testing

@Suite struct InjectionReportTests {
  @Test func tellsEveryEditWithFilterAndReason() throws {
    let output = try Outcome.ofCommand(["--report", "text"], input: Sample.web).output
    let lines = output.split(separator: "\n")
    #expect(
      lines.prefix(3) == [
        "web: injected", "  add-envoy-container",
        "    add /containerDefinitions/1: Envoy runs beside the application.",
      ])
    #expect(
      lines.contains(
        "    add /containerDefinitions/0/dependsOn: The container has no network until "
          + "Envoy listens."))
    #expect(lines.allSatisfy { $0.count <= 160 }, "long values are shortened")
  }

  @Test func tellsWhatWasRemoved() throws {
    let injected = try Outcome.ofCommand([], input: Sample.web).output
    let output = try Outcome.ofCommand(["uninject", "--report=text"], input: injected).output
    #expect(output.contains("      - [{\"containerName\":\"envoy\",\"condition\":\"HEALTHY\"}]"))
  }

  @Test func drawsWhatGitHubRenders() throws {
    let output = try Outcome.ofCommand(["--report", "mermaid"], input: Sample.web).output
    #expect(output.hasPrefix("```mermaid\nflowchart LR\n"))
    #expect(output.hasSuffix("```\n"))
    #expect(output.contains("c0[\"app<br/>example.com/app:1<br/>port 8080\"]"))
  }

  @Test func unknownFormatsAreUsageErrors() throws {
    let outcome = try Outcome.ofCommand(["--report", "xml"], input: Sample.web)
    #expect(outcome.status == 64)
    #expect(
      outcome.errors == """
        inject-envoy: error: --report: 'xml' is not one of json, text, mermaid, diff.
          fix: --report FORMAT[=FILE]: Print a report instead, or write it to FILE beside the document: \
        every edit, a picture of the task, or a diff with Envoy's configuration indented (json, text, \
        mermaid, diff)

        """)
  }

  @Test func takesOutAnEnvoyOfAnotherHand() throws {
    let hand = Sample.pair.replacing(
      "example.com/worker:1", with: "envoyproxy/envoy:v1.40.0")
    #expect(try Outcome.ofCommand([], input: hand).status == 1)
    let plain = try Outcome.ofCommand(["uninject", "--foreign"], input: hand)
    #expect(plain.status == 0)
    #expect(!plain.output.contains("worker"))
    #expect(try Outcome.ofCommand(["--replace-foreign"], input: hand).status == 0)
    #expect(try Outcome.ofCommand(["--foreign"], input: hand).status == 64)
  }
}
