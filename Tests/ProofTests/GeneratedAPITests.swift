import CommandTesting
import Foundation
import Surroundings
import Testing

/// The kinds of values that the package knows are those of botocore's model.
@Suite(.needsRealParts) struct GeneratedAPITests {
  @Test func theKindsAreThoseOfTheModel() throws {
    let outcome = try RealParts.outcome(of: "generate_api.py", [])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let file = Folders.package.appendingPathComponent(
      "Sources/TaskDefinitions/API/APIStructure+Generated.swift")
    #expect(
      outcome.output == (try Folders.text(file)),
      "Print it again: python3 Tests/ProofTests/generate_api.py")
  }
}
