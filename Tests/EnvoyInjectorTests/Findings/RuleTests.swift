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

  /// A setting that no row of the option table has would be printed as a flag that does not exist.
  @Test func everySettingIsAnOption() {
    for setting in Rule.all.flatMap({ $0.text.settings + $0.fix.settings }) {
      let flag = Wording.spelling(setting, nil).dropFirst(2)
      let isSwitch = CommandLineArguments.switches.contains { $0.name == flag }
      #expect(isSwitch || OptionTable.option(String(flag)) != nil, "\(setting.name)")
    }
  }

  @Test func sourcesArePages() {
    for source in Rule.all.compactMap(\.source) {
      #expect(URL(string: source)?.scheme == "https", "\(source)")
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
