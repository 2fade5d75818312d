import Foundation
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct RuleTests {
  @Test func codesAreStableNames() {
    #expect(Set(Rule.all.map(\.code)).count == Rule.all.count, "a code stands twice")
    for rule in Rule.all {
      #expect(rule.code.allSatisfy { $0 == "-" || ("a"..."z").contains($0) }, "\(rule.code)")
      #expect(Rule.named(rule.code) == rule)
    }
  }

  @Test func textsReadAsSentencesWithoutEnds() {
    for text in Rule.all.flatMap({ [$0.text.description, $0.fix.description] }) {
      #expect(!text.isEmpty && !text.hasSuffix(".") && !text.contains("  "), "\(text)")
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
    let written = Folders.bytes(file).map { String(decoding: $0, as: UTF8.self) }
    if GoldenTests.records, written != Rule.article {
      try Data(Rule.article.utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent): look at the difference and run again")
      return
    }
    #expect(written == Rule.article, "RECORD_GOLDEN=1 swift test rewrites it")
  }
}
