import AppMesh
import Foundation
import LosslessJSON
import Surroundings
import TaskDefinitions
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

@Suite struct RuleTests {
  @Test func codesAreStableNames() {
    #expect(Set(Rule.all.map(\.code)).count == Rule.all.count, "a code stands twice")
    for rule in Rule.all {
      #expect(rule.code.allSatisfy { $0 == "-" || ("a"..."z").contains($0) }, "\(rule.code)")
      #expect(Rule.named(rule.code) == rule)
    }
  }

  @Test(arguments: Rule.all) func wordingsAreSentences(_ rule: Rule) {
    for text in [rule.text.description, rule.fix.description] {
      #expect(text.hasSuffix(".") || text.hasSuffix("}"), "\(text)")
      #expect(!text.contains("  "), "\(text)")
      #expect(!["Of ", "By ", "With ", "For ", "What "].contains { text.hasPrefix($0) }, "\(text)")
    }
    #expect(rule.fix.description.first?.isUppercase == true, "\(rule.fix)")
  }

  /// A setting without a row in the option table would be printed as a flag that does not exist.
  @Test func everySettingIsAnOption() {
    for setting in Rule.all.flatMap({ $0.text.settings + $0.fix.settings }) {
      let flag = Wording.spelling(setting, nil).dropFirst(2)
      #expect(OptionTable.option(String(flag)) != nil, "\(setting.name)")
    }
  }

  @Test func sourcesArePages() {
    for source in Rule.all.compactMap(\.source) {
      #expect(URL(string: source)?.scheme == "https", "\(source)")
    }
  }

  @Test(arguments: RuleCase.all) func caseShowsItsRule(_ example: RuleCase) throws {
    let reported = try example.reported()
    #expect(reported.contains(example.code), "\(reported)")
    for code in reported { #expect(Rule.named(code) != nil, "\(code) is not in the catalogue") }
  }

  /// The golden cases, the lint cases and the rule cases together trigger every rule. The tests of AppMesh
  /// trigger the rules of meshes. A new rule needs one row in one of these tables.
  @Test func everyRuleIsReported() {
    let shown = Set(RuleCase.all.map(\.code) + LintCase.all.map(\.code) + Self.codesOfGoldens)
    let rules = Rule.all.filter { !MeshRules.all.contains($0) }
    #expect(rules.map(\.code).filter { !shown.contains($0) } == [])
    #expect(shown.filter { Rule.named($0) == nil } == [])
  }

  /// The codes in the command's output for the golden cases: `error: [CODE] `.
  private static let codesOfGoldens = GoldenCase.all.flatMap { golden in
    [GoldenCase.File.error, .report].compactMap { Folders.bytes(golden.file($0)) }
      .flatMap { String(decoding: $0, as: UTF8.self).split(separator: "\n") }
      .filter { $0.contains(": error: [") || $0.contains(": warning: [") }
      .compactMap { line in
        line.split(separator: "[", maxSplits: 1).last?.split(separator: "]").first.map(String.init)
      }
  }

  @Test func theArticleIsMadeFromTheList() throws {
    let file = Folders.package.appendingPathComponent(
      "Sources/EnvoyInjector/EnvoyInjector.docc/Findings.md")
    let article = Rule.article(spelling: Wording.spelling)
    let written = Folders.bytes(file).map { String(decoding: $0, as: UTF8.self) }
    if GoldenTests.records, written != article {
      try Data(article.utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent): look at the difference and run again")
      return
    }
    #expect(written == article, "RECORD_GOLDEN=1 swift test rewrites it")
  }
}
