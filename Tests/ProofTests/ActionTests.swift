import CommandTesting
import Testing

/// Runs the script of the GitHub action with the built command. The cases are in `action.py`.
@Suite struct ActionTests {
  @Test func injectsOnARunner() throws {
    let outcome = try RealParts.outcome(of: "action.py", [Program.injectEnvoy.path])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
}
