import AppMesh
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Every error says how to fix it, and the fix works.
@Suite struct AdviceTests {
  @Test(arguments: FollowedAdvice.all) func theAdviceWorks(_ advice: FollowedAdvice) throws {
    let before = try advice.refusals()
    #expect(before.contains(advice.code), "\(advice.code): refused with \(before)")
    let after = try advice.refusalsAfterwards()
    #expect(after == [], "\(advice.code): the advice was followed")
  }

  /// Errors about the wiring of an Envoy have a case of a lint, with a task that is fine. The tests of
  /// AppMesh are about the descriptions of meshes.
  @Test func noErrorIsWithoutAdviceThatWorks() {
    let followed = Set(FollowedAdvice.all.map(\.code) + LintCase.all.map(\.code))
    let others = Set(FollowedAdvice.others.map(\.key))
    let errors = Rule.all.filter { $0.severity == .error && !MeshRules.all.contains($0) }
    #expect(errors.map(\.code).filter { !followed.contains($0) && !others.contains($0) } == [])
    #expect(others.filter { code in FollowedAdvice.all.contains { $0.code == code } } == [])
    #expect(others.filter { Rule.named($0)?.severity != .error } == [])
  }
}
