import CommandTesting
import Foundation
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

  /// Brackets begin no document there.
  @Test func aTemplateInYAMLIsOneDocument() throws {
    let template = """
      Parameters: { Tag: { Type: String } }
      Resources:
        Web:
          Type: AWS::ECS::TaskDefinition
          Properties:
            NetworkMode: awsvpc
            RequiresCompatibilities: [EC2]
            ContainerDefinitions:
              - Name: app
                PortMappings: [{ ContainerPort: 8080 }]

      """
    let outcome = try Outcome.ofCommand([], input: template)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix(template.prefix(60)))
    #expect(try Outcome.ofCommand(["uninject"], input: outcome.output).output == template)
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
}
