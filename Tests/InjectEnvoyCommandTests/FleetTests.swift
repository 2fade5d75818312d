import CommandTesting
import Foundation
import InjectEnvoyCommand
import LosslessJSON
import Surroundings
import Testing

/// Many documents in one run: broken ones, equal warnings, progress.
@Suite struct FleetTests {
  private static func line(_ family: String) throws -> String {
    let document = try Document(Array(Sample.web.utf8))
    return document.value(document.root).merging(["family": .string(family)]).compactText + "\n"
  }

  /// Lines that lack a part: a bracket, a quote, the rest.
  static let broken = [
    #"{"family": "x"#, #"{"family": "x", "containerDefinitions": [{"name": "a"}"#, "{", "[", "}",
    "]",
    #"{"family": "x","#, #"{"family":"#, #"{"family": "x", "containerDefinitions": ["#,
    #"{"a": [}"#,
    "nonsense", "\"", "{\"a\": \"\\", "{\"a\": 1}}", "null",
  ]

  @Test(arguments: broken) func aBadLineTakesNoOtherWithIt(_ bad: String) throws {
    let (a, b, c) = (try Self.line("a"), try Self.line("b"), try Self.line("c"))
    // A file that begins with another character is one document: a template in YAML.
    let isFirst = bad.hasPrefix("{") || bad.hasPrefix("[")
    for (before, after) in [(a, b + c), (a + b, c)] + (isFirst ? [("", a + b + c), ("", a)] : []) {
      let good = try Outcome.ofCommand([], input: before + after)
      let outcome = try Outcome.ofCommand([], input: before + bad + "\n" + after)
      #expect(outcome.status == 1)
      #expect(outcome.output == good.output, "\(outcome.errors)")
      #expect(outcome.errors.contains("<stdin>:\(before.isEmpty ? 1 : before == a ? 2 : 3):"))
    }
  }

  @Test(arguments: broken) func recordsTheErrorsInTheLine(_ bad: String) throws {
    let (a, b) = (try Self.line("a"), try Self.line("b"))
    let outcome = try Outcome.ofCommand(
      ["--on-error", "record"], input: a + "\n" + bad + "\r\n" + b + bad)
    #expect(outcome.status == 0)
    // As bytes: for Swift, a carriage return with a line feed is another character.
    let lines = outcome.output.utf8.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map { String(decoding: $0, as: UTF8.self) }
    try #require(lines.count == 5, "\(outcome.output)")
    #expect(try lines[0] + "\n" + lines[3] + "\n" == Outcome.ofCommand([], input: a + b).output)
    #expect(lines[1] == "" && lines[2].hasSuffix("\r"))
    for (number, text) in [(3, lines[2]), (5, lines[4])] {
      let record = try Document(Array(text.utf8))
      let value = record.value(record.root)
      #expect(value["document"] == .integer(number))
      let finding = try #require(value["error"]?.array?.first)
      #expect(finding["severity"] == "error" && finding["line"] == .integer(number))
    }
    #expect(outcome.errors.contains("<stdin>: 2 lines were refused: they hold the errors.\n"))
  }

  @Test func recordsHideSecrets() throws {
    let bad = Sample.web.replacing("\n", with: " ").replacing("awsvpc", with: "bridge").replacing(
      "\"memory\": 512", with: #""environment": [{"name": "DB_PASSWORD", "value": "hunter2"}]"#)
    let outcome = try Outcome.ofCommand(["--on-error=record"], input: bad)
    #expect(outcome.output.hasPrefix(#"{"error":["#) && !outcome.output.contains("hunter2"))
  }

  /// Each document of the sample on a line of its own.
  @Test func everyLineHasOneLine() throws {
    let folders = ["describe", "taskdef", "containers", "cfn"]
    let documents = Folders.documents(in: folders).compactMap { Folders.bytes($0) }
      .compactMap { try? Document(ByteOrderMark.removed(from: $0)) }
    try #require(documents.count > 4)
    let input = documents.map { $0.value($0.root).compactText + "\n" }.joined()
    for command in ["inject", "uninject"] {
      for others in [[], ["--report", "json"], ["--compact"]] {
        let outcome = try Outcome.ofCommand(
          [command, "-q", "--on-error", "record"] + others, input: input)
        #expect(outcome.status == 0)
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == documents.count + 1)
      }
    }
  }

  @Test(arguments: [["--pretty"], ["--diff"], ["--report", "text"], ["--report", "mermaid"]])
  func recordsNeedOneLineForEach(_ other: [String]) throws {
    let outcome = try Outcome.ofCommand(["--on-error", "record"] + other, input: Sample.web)
    #expect(outcome.status == 64 && outcome.output == "")
  }

  private static let warned = ["--virtual-node", Sample.node]

  @Test func equalWarningsAreReportedOnceAndCounted() throws {
    let proxy = #""environment": [{"name": "HTTP_PROXY", "value": "http://proxy:3128"}], "memory""#
    let document = Sample.web.replacing("\"memory\": 512", with: proxy + ": 512")
    let lines = document.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    let one = try Outcome.ofCommand(["-q"], input: document)
    try #require(one.errors.contains(": warning: ["), "\(one.errors)")
    let outcome = try Outcome.ofCommand(["-q"], input: Sample.web + document + document)
    let line = lines + Sample.web.split(separator: "\n").count
    #expect(line > 0)
    let reported = outcome.errors.split(separator: "\n")
    #expect(reported.count == one.errors.split(separator: "\n").count + 1, "\(outcome.errors)")
    let code = try #require(one.errors.firstMatch(of: /\[[a-z-]+\]/)).output
    let place = try #require(outcome.errors.prefixMatch(of: /<stdin>:[0-9]+:[0-9]+/)).output
    #expect(
      reported.last == "\(place): warning: \(code) One more document has this warning.")
    let many = try Outcome.ofCommand(
      ["-q"], input: String(repeating: document, count: 1000))
    #expect(many.errors.contains("999 more documents have this warning.\n"))
    #expect(many.errors.split(separator: "\n").count == reported.count)
    // In several files each is reported.
    let folder = try TemporaryFolder()
    let files = try ["a", "b"].map { try folder.write(document, to: $0) }
    let apart = try Outcome.ofCommand(["-q"] + files)
    #expect(apart.errors.split(separator: "\n").count == 2 * (reported.count - 1))
  }

  @Test(arguments: ["inject", "bootstrap", "uninject"]) func suppressesWarnings(
    _ command: String
  ) throws {
    let document = "\u{FEFF}" + Sample.web
    let loud = try Outcome.ofCommand([command, "-q"], input: document)
    #expect(loud.errors.contains("[byte-order-mark]") == (command != "uninject"))
    let quiet = try Outcome.ofCommand(
      [command, "-q", "--suppress", "byte-order-mark"], input: document)
    #expect(quiet.errors == "" && quiet.output == loud.output)
  }

  @Test func doesNotSuppressErrors() throws {
    let bad = Sample.web.replacing("awsvpc", with: "bridge")
    let outcome = try Outcome.ofCommand(["--suppress", "not-awsvpc"], input: bad)
    #expect(outcome.status == 1 && outcome.errors.contains("[not-awsvpc]"))
  }

  /// On a terminal, after a second, and erased at the end.
  @Test func showsProgressOnATerminal() throws {
    let folder = try TemporaryFolder()
    try folder.write(Sample.web, to: "web.json")
    let pipeline =
      "(cat web.json; sleep 1.2; cat web.json; echo {}) | '\(Program.injectEnvoy.path)' -q > out"
    let script = try #require(Program(named: "script"), "script is missing: it is in bsdutils")
    _ = try script.run(["-q", "-c", pipeline, "terminal"], in: folder.path)
    let text = try folder.text("terminal")
    let line = /\r\u{1B}\[K[12] documents, 0 refused, [0-9]+ per second\r+\u{1B}\[K/
    #expect(text.contains(line), "\(text)")
    #expect(text.contains("[not-a-task-definition]"))
  }
}
