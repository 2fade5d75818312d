import Foundation
import Testing

@testable import EnvoyInjector

@Suite struct RuleTests {
  private static let sources = Folders.package.appendingPathComponent("Sources/EnvoyInjector")

  /// Every Swift file of the library, by path.
  private static let texts: [String: String] = {
    let paths = FileManager.default.enumerator(atPath: sources.path)?.allObjects ?? []
    let files = paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
    return Dictionary(
      uniqueKeysWithValues: files.compactMap { file in
        Folders.bytes(sources.appendingPathComponent(file)).map {
          (file, String(decoding: $0, as: UTF8.self))
        }
      })
  }()

  @Test func codesAreStableNames() {
    #expect(Set(Rule.all.map(\.code)).count == Rule.all.count, "a code stands twice")
    for rule in Rule.all {
      #expect(rule.code.allSatisfy { $0 == "-" || ("a"..."z").contains($0) }, "\(rule.code)")
      #expect(Rule.named(rule.code) == rule)
    }
  }

  @Test func textsReadAsSentencesWithoutEnds() {
    for text in Rule.all.flatMap({ [$0.reason, $0.fix] }) {
      #expect(!text.isEmpty && !text.hasSuffix(".") && !text.contains("  "), "\(text)")
    }
  }

  @Test func sourcesArePages() {
    for source in Rule.all.compactMap(\.source) {
      #expect(URL(string: source)?.scheme == "https", "\(source)")
    }
  }

  @Test func theListHoldsEveryRule() throws {
    let made = try Self.texts.filter { $0.key.hasPrefix("Findings/Rule+") }.values
      .flatMap { text in
        text.matches(of: try Regex(#"static let \w+ = (?:error|warning)\(\s*"([a-z-]+)""#))
          .compactMap { $0.output[1].substring.map(String.init) }
      }
    #expect(made.count > 80, "the pattern finds no rules any more")
    let losses = Rule.losses.map(\.code)
    #expect(made.sorted() == Rule.all.map(\.code).filter { !losses.contains($0) }.sorted())
  }

  @Test func everyRuleIsSaidSomewhere() throws {
    let rules = Self.texts.filter { $0.key.hasPrefix("Findings/Rule+") }.values.joined()
    let others = Self.texts.filter { !$0.key.hasPrefix("Findings/Rule") }.values.joined()
    let names = rules.matches(of: try Regex(#"static let (\w+) = (?:error|warning)\("#))
      .compactMap { $0.output[1].substring.map(String.init) }
    for name in names {
      let isUsed = try others.contains(Regex(#"Self\(\s*\.\#(name)\b"#))
      #expect(isUsed, "no message refers to .\(name)")
    }
  }

  @Test func theArticleIsMadeFromTheList() throws {
    let file = Self.sources.appendingPathComponent("EnvoyInjector.docc/Findings.md")
    let written = Folders.bytes(file).map { String(decoding: $0, as: UTF8.self) }
    if GoldenTests.records, written != Rule.article {
      try Data(Rule.article.utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent): look at the difference and run again")
      return
    }
    #expect(written == Rule.article, "RECORD_GOLDEN=1 swift test rewrites it")
  }
}
