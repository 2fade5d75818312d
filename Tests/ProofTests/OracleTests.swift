import CommandTesting
import Foundation
import Testing

/// Checks the output of inject with programs that share no code with it.
@Suite(.needsRealParts) struct OracleTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func botocoreTakesWhatItTookBefore() throws {
    let all = try InjectedDocument.golden() + InjectedDocument.corpus(atMost: 200)
    // RegisterTaskDefinition accepts neither templates nor bare lists of containers.
    let documents = all.filter { !$0.input.hasPrefix("[") && !$0.input.contains("\"Resources\"") }
    var files: [String] = []
    for (index, document) in documents.enumerated() {
      files.append(try folder.write(document.input, to: "\(index)-\(document.name)-before.json"))
      files.append(try folder.write(document.output, to: "\(index)-\(document.name)-after.json"))
    }
    #expect(documents.count >= 30)
    #expect(try problems(["model"] + files) == "")
  }

  @Test func botocoreRefusesWhatIsWrong() throws {
    let good = try folder.write(#"{"family": "x", "containerDefinitions": []}"#, to: "good.json")
    let bad = try folder.write(#"{"family": "x", "containerDefinitions": {}}"#, to: "bad.json")
    #expect(try problems(["model", good, bad]).contains("Invalid type for parameter"))
    #expect(try problems(["model", bad, bad, good, good]) == "")
  }

  /// For a new injection, another one with different options, and the removal.
  @Test func theReportedEditsLeadToTheOutput() throws {
    var files: [String] = []
    for (index, document) in try InjectedDocument.golden().enumerated() {
      let steps: [(String, [String], String)] = [
        ("inject", document.arguments, document.input),
        ("again", document.arguments + ["--user", "1444", "--stop-timeout=77"], document.output),
        ("back", ["uninject"], document.output),
      ]
      for (name, arguments, input) in steps {
        let output = try Outcome.ofCommand(arguments, input: input)
        let report = try Outcome.ofCommand(arguments + ["--report", "json"], input: input)
        guard output.status == 0 else { continue }
        files.append(try folder.write(input, to: "\(index)-\(name)-before.json"))
        files.append(try folder.write(report.output, to: "\(index)-\(name)-report.json"))
        files.append(try folder.write(output.output, to: "\(index)-\(name)-after.json"))
      }
    }
    #expect(files.count > 100)
    #expect(try problems(["patch"] + files) == "")
  }

  private func problems(_ arguments: [String]) throws -> String {
    let outcome = try RealParts.outcome(of: "oracle.py", arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }
}
