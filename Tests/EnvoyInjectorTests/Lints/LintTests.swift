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

  /// The limits are tested separately, because a case in this table would be very long.
  @Test func everyLintIsTested() {
    let tested = Set(LintCase.all.map(\.code))
    for rule in Lint.all.flatMap(\.rules) where !RequireLimits.rules.contains(rule) {
      #expect(tested.contains(rule.code), "no case shows \(rule.code)")
    }
  }

  /// If a lint reported another lint's rule, the catalogue would be wrong.
  @Test(arguments: LintCase.all) func lintsReportOnlyTheirOwnRules(_ lint: LintCase) throws {
    for finding in try findings(lint.broken) {
      let reporter = Lint.all.first { $0.name == finding.stage }
      #expect(reporter?.rules.contains(finding.rule) == true, "\(finding.stage): \(finding.code)")
    }
  }
}
