import CommandTesting
import Testing

/// The script of the GitHub action with the built command; the cases are in `action.py`.
@Suite struct ActionTests {
  @Test func injectsOnARunner() throws {
    let outcome = try RealParts.outcome(of: "action.py", [Program.injectEnvoy.path])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
}
