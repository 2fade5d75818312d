import CommandTesting
import Foundation
import LosslessJSON
import Testing

/// The model is generated from the official schema: https://pypi.org/project/pydantic-sarif/
@Suite struct SARIFTests {
  private static let python = Program(named: "python3")
  private static let hasModel =
    (try? python?.run(["-c", "import pydantic_sarif.model"]).status) == 0
  /// In CI a missing model is a failure, not a reason to skip.
  private static let canValidate =
    hasModel || ProcessInfo.processInfo.environment["CI"] == "true"

  private func log() throws -> String {
    let folder = try TemporaryFolder()
    let faulty = Sample.web.replacing(#""memory": 512,"#, with: #""memory": 512, "links": ["x"],"#)
    let files = [
      try folder.write(faulty, to: "a b%é.json"), try folder.write(Sample.web, to: "web.json"),
      try folder.write("{", to: "broken.json"),
    ]
    return try Outcome.ofCommand(["check", "--format", "sarif"] + files).output
  }

  @Test func namesRulesPlacesAndVerdicts() throws {
    let document = try Document(Array(try log().utf8))
    let run = try #require(document.value(document.root)["runs"]?.array?.first)
    let results = try #require(run["results"]?.array)
    let rules = try #require(run["tool"]?["driver"]?["rules"]?.array)
    #expect(results.map { $0["ruleId"] } == ["links-in-awsvpc", "syntax"])
    for result in results {
      let index = try #require(result["ruleIndex"]?.integer)
      #expect(rules[index]["id"] == result["ruleId"])
    }
    let place = try #require(results[0]["locations"]?.array?.first)
    let physical = try #require(place["physicalLocation"])
    #expect(physical["region"] == ["startLine": 13, "startColumn": 31])
    #expect(physical["artifactLocation"]?["uri"]?.string?.hasSuffix("/a%20b%25%C3%A9.json") == true)
    #expect(
      place["logicalLocations"]?.array?.first?["fullyQualifiedName"]
        == "/containerDefinitions/0/links")
    let remarks = run["invocations"]?.array?.first?["toolExecutionNotifications"]?.array
    #expect(remarks?.count == 3)
  }

  @Test(.enabled(if: canValidate, "pydantic-sarif is missing: run Tests/install-tools.sh"))
  func fitsTheSchema() throws {
    let program = """
      import sys
      from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Log
      Log.model_validate_json(sys.stdin.read(), strict=False)
      """
    let outcome = try #require(try Self.python?.run(["-c", program], input: log()))
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
}
