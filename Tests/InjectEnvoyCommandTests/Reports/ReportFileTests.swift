import CommandTesting
import LosslessJSON
import Testing

/// Reports beside the document.
@Suite struct ReportFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func standBesideTheDocument() throws {
    let web = try folder.write(Sample.web, to: "web.json")
    let pair = try folder.write(Sample.pair, to: "pair.json")
    let formats = ["json", "text", "mermaid", "diff"]
    let requests = formats.flatMap { ["--report", "\($0)=\(folder.path($0))"] }
    let outcome = try Outcome.ofCommand(requests + [web, pair])
    #expect(outcome == (try Outcome.ofCommand([web, pair])))
    for format in formats {
      let printed = try Outcome.ofCommand(["--report", format, web, pair])
      #expect(try folder.text(format) == printed.output)
      #expect(printed.status == (format == "diff" ? 2 : 0))
    }
  }

  @Test func standBesideAPrintedReport() throws {
    let outcome = try Outcome.ofCommand(
      ["--report", "text", "--report", "json=\(folder.path("r"))"], input: Sample.web)
    #expect(outcome.output.hasPrefix("web: injected\n"))
    #expect(try folder.text("r").hasPrefix("{\"file\":\"<stdin>\""))
  }

  @Test func aFileInPlaceHasOneToo() throws {
    let web = try folder.write(Sample.web, to: "web.json")
    #expect(try Outcome.ofCommand(["-i", "--report", "text=\(folder.path("r"))", web]).status == 0)
    #expect(try folder.text("r").hasPrefix("web: injected\n"))
    #expect(try folder.text("web.json") != Sample.web)
  }

  @Test func areNotWrittenAfterARefusal() throws {
    let outcome = try Outcome.ofCommand(
      ["--report", "json=\(folder.path("r"))"], input: Sample.web + "{}")
    #expect(outcome.status == 1)
    #expect(try folder.names() == [])
  }

  @Test func hideSecretsThatTheDocumentShows() throws {
    let web = Sample.web.replacing(
      "\"memory\": 512,",
      with: #""memory": 512, "environment": [{"name": "DB_PASSWORD", "value": "hunter2-hunter2"}],"#
    )
    for format in ["json", "text", "diff"] {
      let outcome = try Outcome.ofCommand(
        ["--env", "DB_PASSWORD=hunter2-hunter2", "--report", "\(format)=\(folder.path("r"))"],
        input: web)
      #expect(outcome.status == 0 && outcome.output.contains("hunter2-hunter2"))
      #expect(try !folder.text("r").contains("hunter2"))
    }
  }

  @Test func aDiffForPeopleIndentsTheConfiguration() throws {
    let diff = try Outcome.ofCommand(["--report", "diff"], input: Sample.web)
    #expect(diff.status == 2)
    let lines = diff.output.split(separator: "\n")
    #expect(lines.first == "Embedded configurations are decoded: patch cannot apply this diff.")
    #expect(lines.contains("+          \"node\": {") && lines.contains("+        },"))
    #expect(lines.allSatisfy { $0.count < 500 })
    let injected = try Outcome.ofCommand([], input: Sample.web).output
    #expect(try Outcome.ofCommand(["--report", "diff"], input: injected).output == "")
    let changed = try Outcome.ofCommand(
      ["--report", "diff", "--ingress-port", "15005"], input: injected)
    let changes = changed.output.split(separator: "\n")
    for (sign, port) in [("-", 15000), ("+", 15005)] {
      #expect(
        changes.contains { $0.hasPrefix("\(sign)    ") && $0.hasSuffix("\"port_value\": \(port)") })
    }
    #expect(changes.count < 100)
  }
}
