import CommandTesting
import LosslessJSON
import Testing

@Suite struct ReportTests {
  @Test func saysWhatBecameOfEachDocument() throws {
    let folder = try TemporaryFolder()
    let web = try folder.write(Sample.web, to: "web.json")
    let off = try folder.write(
      Sample.web(labels: ["inject-envoy.io/inject": "disabled"]), to: "off.json")
    let injected = try Outcome.ofCommand([web, off])
    #expect(
      injected.errors == """
        web: injected (static, envoyproxy/envoy:v1.40.0, 1 app port)
        web: left as it is: a label inject-envoy.io/inject says disabled

        """)
    let again = try Outcome.ofCommand([], input: try Outcome.ofCommand([web]).output)
    #expect(
      again.errors == "web: up to date (static, envoyproxy/envoy:v1.40.0, 1 app port)\n")
    let back = try Outcome.ofCommand(["uninject"], input: again.output)
    #expect(back.errors == "web: uninjected\n")
    let plain = try Outcome.ofCommand(["uninject", web])
    #expect(plain.errors == "web: nothing to remove\n")
    #expect([back.output, plain.output] == [Sample.web, Sample.web])
  }

  @Test(arguments: ["--quiet", "-q"]) func quietSilencesNoWarning(_ quiet: String) throws {
    let outcome = try Outcome.ofCommand(
      [quiet, "--virtual-node", Sample.node], input: Sample.web)
    #expect(outcome.status == 0)
    #expect(
      outcome.errors == """
        <stdin>:1:1: warning: [app-mesh-ended] AWS switched App Mesh off on 2026-09-30. A newly \
        started Envoy gets no configuration, so containers that wait for it never start.
          fix: Use this mode only to keep or compare old task definitions.

        """)
    #expect(try Outcome.ofCommand([quiet], input: Sample.web).errors == "")
    #expect(try Outcome.ofCommand([quiet], input: "{}").errors.contains("error: "))
  }

  /// The warning is about the mode, not about a document. Machine-readable reports have it for each document.
  @Test func saysOnceThatAppMeshEnded() throws {
    let folder = try TemporaryFolder()
    let stream = try folder.write(Sample.web + Sample.pair, to: "stream.json")
    let other = try folder.write(Sample.web, to: "other.json")
    let appMesh = ["--virtual-node", Sample.node]
    func count(_ text: String) -> Int { text.split(separator: "app-mesh-ended").count - 1 }
    for command in [["inject", stream, other], ["policy", other, other]] {
      let outcome = try Outcome.ofCommand(command + appMesh)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(count(outcome.errors) == 1, "\(outcome.errors)")
    }
    let report = try Outcome.ofCommand(["--report", "json"] + appMesh + [stream, other])
    #expect(count(report.output) == 3)
    #expect(count(report.errors) == 1)
    let injected = try folder.write(
      Outcome.ofCommand(appMesh, input: Sample.web).output, to: "injected.json")
    #expect(count(try Outcome.ofCommand(["check", injected, injected] + appMesh).output) == 2)
  }

  @Test func pointsAtTheByteOfASyntaxError() throws {
    let outcome = try Outcome.ofCommand([], input: "{\n  \"family\": \"é\" \"x\"\n}\n")
    #expect(
      outcome.errors.hasSuffix(
        "\n    \"family\": \"é\" \"x\"\n                  ^\n"
          + "  fix: Fix the syntax at this position.\n"),
      "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("<stdin>:2:17: error: [syntax] "))
  }

  @Test func goesOnAfterARefusedDocument() throws {
    let folder = try TemporaryFolder()
    let bad = try folder.write("{}", to: "bad.json")
    let good = try folder.write(Sample.web, to: "good.json")
    let outcome = try Outcome.ofCommand([bad, good])
    #expect(outcome.status == 1)
    #expect(outcome.output == (try Outcome.ofCommand([good])).output)
    #expect(outcome.errors.hasPrefix("\(bad):1:1: error: [not-a-task-definition]"))
  }

  @Test func theMachineReportNamesEveryEdit() throws {
    let outcome = try Outcome.ofCommand(["--report", "json"], input: Sample.web)
    let report = try value(of: outcome.output)
    #expect(report["file"] == "<stdin>" && report["family"] == "web")
    #expect(report["outcome"] == "injected")
    let edits = try #require(report["edits"]?.array)
    #expect(!edits.isEmpty)
    for edit in edits {
      #expect(edit["op"] == "add" && edit["before"] == nil && edit["after"] != nil)
      #expect(edit["pointer"]?.string?.hasPrefix("/") == true)
      #expect(edit["filter"]?.string?.isEmpty == false && edit["reason"]?.string != nil)
    }
    #expect(outcome.output.split(separator: "\n").count == 1)
  }

  @Test(arguments: ["--pretty", "--compact"]) func layoutsKeepTheValue(_ layout: String) throws {
    for command in ["inject", "uninject"] {
      let plain = try Outcome.ofCommand([command], input: Sample.web)
      let laidOut = try Outcome.ofCommand([command, layout], input: Sample.web)
      #expect(try value(of: laidOut.output) == value(of: plain.output))
      #expect(laidOut.output.hasSuffix("\n"))
      let lines = laidOut.output.split(separator: "\n")
      #expect(layout == "--compact" ? lines.count == 1 : lines.contains("  \"family\": \"web\","))
    }
  }

  private func value(of text: String) throws -> JSONValue {
    let document = try Document(Array(text.utf8))
    return document.value(document.root)
  }
}
