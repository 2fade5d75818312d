import LosslessJSON
import TaskChecks
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct LintTests {
  private func findings(_ json: String) throws -> [Problem] {
    var findings = Findings()
    let task = TaskDefinition(try Document(Array(json.utf8)))
    LintedTask(task).check(Lint.all, &findings)
    return findings.all
  }

  @Test func findsNoFaultWithASoundTask() throws {
    #expect(try findings(MeshedTask().json).map(\.code) == ["app-mesh-ended"])
    #expect(try findings(task(containers: #""name": "app""#)) == [])
  }

  @Test(arguments: LintCase.all) func saysWhatIsWrong(_ lint: LintCase) throws {
    let lines = try findings(lint.broken).filter { $0.code == lint.code }
    #expect(lines.map(FilterRun.line) == [lint.expected])
  }

  @Test(arguments: LintCase.all) func isSilentOnWhatIsFine(_ lint: LintCase) throws {
    guard lint.code != "app-mesh-ended" || lint.sound != MeshedTask().json else { return }
    #expect(try findings(lint.sound).filter { $0.code == lint.code } == [])
  }

  @Test func everyLintIsTested() {
    let injection = Rule.groups.suffix(2).flatMap(\.rules)
    let document = Rule.groups.first?.rules ?? []
    // Those say something about an injection, a mesh, a text or an option, and have tests of their
    // own.
    let elsewhere: [Rule] = [
      .taskTooLarge, .unreadableTaskSize, .unknownAppProtocol, .notAPort, .envoyMissing,
      .impossibleConfiguration, .portOfTemplate, .roleElsewhere, .undecidedSecret,
    ]
    let tested = Set(LintCase.all.map(\.code))
    for rule in Rule.all where !(injection + document + elsewhere).contains(rule) {
      #expect(tested.contains(rule.code), "no case shows \(rule.code)")
    }
  }
}
