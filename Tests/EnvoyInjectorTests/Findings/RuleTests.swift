import Foundation
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct RuleTests {
  @Test func codesAreStableNames() {
    #expect(Set(FindingRule.all.map(\.code)).count == FindingRule.all.count, "a code stands twice")
    for rule in FindingRule.all {
      #expect(rule.code.allSatisfy { $0 == "-" || ("a"..."z").contains($0) }, "\(rule.code)")
      #expect(FindingRule.named(rule.code) == rule)
    }
  }

  @Test func textsReadAsSentencesWithoutEnds() {
    for text in FindingRule.all.flatMap({ [$0.reason, $0.fix] }) {
      #expect(!text.isEmpty && !text.hasSuffix(".") && !text.contains("  "), "\(text)")
    }
  }

  @Test func sourcesArePages() {
    for source in FindingRule.all.compactMap(\.source) {
      #expect(URL(string: source)?.scheme == "https", "\(source)")
    }
  }

  @Test func theArticleIsMadeFromTheList() throws {
    let file = Folders.package.appendingPathComponent(
      "Sources/EnvoyInjector/EnvoyInjector.docc/Findings.md")
    let written = Folders.bytes(file).map { String(decoding: $0, as: UTF8.self) }
    if GoldenTests.records, written != FindingRule.article {
      try Data(FindingRule.article.utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent): look at the difference and run again")
      return
    }
    #expect(written == FindingRule.article, "RECORD_GOLDEN=1 swift test rewrites it")
  }
}
