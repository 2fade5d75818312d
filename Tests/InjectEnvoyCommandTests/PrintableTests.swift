import CommandTesting
import Testing

@testable import InjectEnvoyCommand

/// Text of a document reaches terminals and workflows only as text.
@Suite struct PrintableTests {
  @Test(arguments: [
    ("web", "web"), ("größe", "größe"), ("a\u{1B}[31mb", "a\\u001b[31mb"), ("a\nb", "a\\nb"),
    ("a\r\nb", "a\\r\\nb"), ("::error::x", "\\::error::x"),
    ("  ::stop-commands::x", "  \\::stop-commands::x"),
    ("a\u{202E}b", "a\\u202eb"), ("a\u{9B}b", "a\\u009bb"), ("a ##[error]b", "a ##\\[error]b"),
  ])
  func aLineIsText(_ text: String, _ shown: String) {
    #expect(Printable.line(text) == shown)
  }

  private static let hostile = #"\n::error::x\u001b[31m\r::stop-commands::y\u009b\u202e"#
  private static let document = Sample.web.replacing("\"web\"", with: "\"web\(hostile)\"")
    .replacing("\"app\"", with: "\"app\(hostile)\"")
    .replacing("\"networkMode\": \"awsvpc\"", with: "\"networkMode\": \"awsvpc\(hostile)\"")

  @Test(arguments: [
    ["inject"], ["check"], ["check", "--format", "github"], ["check", "--format", "json"],
    ["check", "--format", "sarif"], ["policy"], ["--report", "text"], ["--report", "json"],
    ["--report", "mermaid"], ["--report", "diff"],
  ])
  func noDocumentGivesOrders(_ arguments: [String]) throws {
    let family = Sample.web.replacing("\"web\"", with: "\"web\(Self.hostile)\"")
    let label = Sample.web(labels: ["inject-envoy.io/job": Self.hostile])
    for document in [Self.document, family, label] {
      let outcome = try Outcome.ofCommand(arguments, input: document)
      let texts =
        arguments == ["inject"] || arguments == ["policy"]
        ? outcome.errors : outcome.errors + outcome.output
      let lines = texts.split(separator: "\n").map { $0.drop { $0 == " " } }
      let orders = lines.filter {
        $0.hasPrefix("::") && !["::error file=", "::warning file="].contains(where: $0.hasPrefix)
      }
      #expect(orders == [])
      let isSafe = { (scalar: Unicode.Scalar) in
        scalar == "\n"
          || (scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) && scalar != "\u{202E}")
      }
      #expect(texts.unicodeScalars.allSatisfy(isSafe), "\(texts.debugDescription)")
    }
  }

  @Test func aFileNameIsALineOfADiff() throws {
    let folder = try TemporaryFolder()
    let name = try folder.write(Sample.web, to: "a\n::error::x\u{1B}[31m")
    for arguments in [["--diff", name], ["check", name], ["check", "--format", "github", name]] {
      let outcome = try Outcome.ofCommand(arguments)
      let text = outcome.output + outcome.errors
      #expect(!text.contains("\u{1B}"))
      #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::error::x") })
    }
  }
}
