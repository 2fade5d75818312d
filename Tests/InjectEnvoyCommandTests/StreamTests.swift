import CommandTesting
import Foundation
import TaskDefinitions
import Testing

@testable import InjectEnvoyCommand

/// Several documents in one file or in standard input.
@Suite struct StreamTests {
  private static let other = Sample.web.replacing("web", with: "shop")

  @Test(arguments: ["\n", "", "\n\n \n"])
  func documentsComeOutInOrderAsIfTheyWereAlone(_ separator: String) throws {
    let alone = try [Sample.web, Self.other].map { try Outcome.ofCommand([], input: $0) }
    let stream = Sample.web + separator + Self.other
    let together = try Outcome.ofCommand([], input: stream)
    #expect(together.status == 0)
    #expect(together.output == alone[0].output + separator + alone[1].output)
    #expect(together.errors == alone[0].errors + alone[1].errors)
    let back = try Outcome.ofCommand(["uninject"], input: together.output)
    #expect(back.output == stream)
  }

  @Test func theDocumentsBeforeAndBehindABadOneAreWritten() throws {
    let bad = Sample.web.replacing("awsvpc", with: "bridge")
    let outcome = try Outcome.ofCommand([], input: Sample.web + bad + Self.other)
    let good = try Outcome.ofCommand([], input: Sample.web + Self.other)
    #expect(outcome.status == 1)
    #expect(outcome.output == good.output)
    let line = Sample.web.split(separator: "\n", omittingEmptySubsequences: false).count + 2
    #expect(outcome.errors.contains("<stdin>:\(line):18: error: [not-awsvpc]"))
    #expect(outcome.errors.contains("(at /networkMode) (document 2)\n"))
  }

  /// Braces in a template do not start a document.
  @Test(arguments: [[], ["--in-place"]]) func aTemplateIsOneDocument(_ switches: [String]) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Self.template, to: "template.yaml")
    let outcome = try Outcome.ofCommand(switches + [file])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let output =
      switches.isEmpty ? outcome.output : try String(contentsOfFile: file, encoding: .utf8)
    #expect(output.contains("${Name} {}") && output.contains("Name: envoy"))
  }

  @Test func aByteOrderMarkStandsBeforeAStreamToo() throws {
    let stream = Sample.web + "\n" + Self.other
    let marked = try Outcome.ofCommand([], input: "\u{FEFF}" + stream)
    #expect(marked.status == 0, "\(marked.errors)")
    #expect(try marked.output == Outcome.ofCommand([], input: stream).output)
  }

  @Test func rewritesAFileOfSeveralOnlyWhenAllAreGood() throws {
    let folder = try TemporaryFolder()
    let bad = Sample.web + "{}"
    let file = try folder.write(bad, to: "stream.json")
    #expect(try Outcome.ofCommand(["-i", file]).status == 1)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == bad)
    let good = try folder.write(Sample.web + Self.other, to: "good.json")
    #expect(try Outcome.ofCommand(["-i", good]).status == 0)
    let expected = try Outcome.ofCommand([], input: Sample.web + Self.other).output
    #expect(try String(contentsOfFile: good, encoding: .utf8) == expected)
  }

  /// The process needs about as much memory for 1600 documents as for 400, which is one batch.
  @Test func memoryDoesNotGrowWithTheStream() throws {
    let process = Program.injectEnvoy.process(["--quiet"])
    let input = Pipe()
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.start()
    let documents = Data(String(repeating: Sample.web, count: 100).utf8)
    for _ in 0..<4 { try input.fileHandleForWriting.write(contentsOf: documents) }
    let early = try Self.peakKiB(of: process)
    for _ in 0..<12 { try input.fileHandleForWriting.write(contentsOf: documents) }
    let late = try Self.peakKiB(of: process)
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(late < 64 * 1024)
    #expect(late - early < 16 * 1024)
  }

  /// The maximum resident memory so far.
  private static func peakKiB(of process: Process) throws -> Int {
    let path = "/proc/\(process.processIdentifier)/status"
    let status = try String(contentsOfFile: path, encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(line.filter(\.isNumber)))
  }

  private static let template = """
    # A template {}
    Parameters: {}
    Resources:
      Web:
        Type: AWS::ECS::TaskDefinition
        Properties:
          Family: !Sub "${Name} {}"
          NetworkMode: awsvpc
          ContainerDefinitions:
            - {Name: web, Image: "nginx:1"}
            - Name: api
              Image: nginx
    Outputs: {}

    """
}
