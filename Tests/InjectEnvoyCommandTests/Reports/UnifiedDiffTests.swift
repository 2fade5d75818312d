import CommandTesting
import Testing

@testable import InjectEnvoyCommand

@Suite struct UnifiedDiffTests {
  private static let patch = Program(named: "patch")
  private static let diff = Program(named: "diff")

  private func text(_ old: String, _ new: String) -> String {
    let bytes = UnifiedDiff(from: Array(old.utf8), to: Array(new.utf8)).text(name: "f")
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Texts with few distinct lines, so that many are equal. Some do not end with a newline.
  private static func random(_ state: inout UInt64) -> String {
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    let lines = (0..<next(30)).map { _ in "line \(next(6))" }
    let text = lines.map { $0 + (next(20) == 0 ? "\r\n" : "\n") }.joined()
    return next(4) == 0 ? String(text.unicodeScalars.dropLast()) : text
  }

  @Test func saysNothingWhenNothingChanged() {
    #expect(text("a\nb\n", "a\nb\n") == "")
    #expect(text("", "") == "")
  }

  @Test func namesLinesAsDiffDoes() {
    #expect(text("a\nb\n", "a\nc\n") == "--- f\n+++ f\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n")
    #expect(text("", "a\n") == "--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n")
    #expect(
      text("a", "a\n") == "--- f\n+++ f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n")
  }

  @Test(.enabled(if: patch != nil, "there is no patch"), arguments: 0..<60)
  func patchTakesIt(seed: Int) throws {
    var state = UInt64(seed) &* 7919 &+ 1
    let (old, new) = (Self.random(&state), Self.random(&state))
    let difference = text(old, new)
    #expect(difference.isEmpty == (old == new))
    guard !difference.isEmpty else { return }
    let folder = try TemporaryFolder()
    let file = try folder.write(old, to: "f")
    let outcome = try #require(
      try Self.patch?.run(
        ["--binary", "--force", "--fuzz=0", file, folder.write(difference, to: "d")]))
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    // `patch` removes a file that becomes empty.
    #expect((try? folder.text("f")) ?? "" == new)
  }

  /// Both find a minimal difference, but may choose between equally small ones.
  @Test(.enabled(if: diff != nil, "there is no diff"), arguments: 0..<60)
  func changesAsLittleAsDiff(seed: Int) throws {
    var state = UInt64(seed) &* 104_729 &+ 3
    let (old, new) = (Self.random(&state), Self.random(&state))
    let folder = try TemporaryFolder()
    let outcome = try #require(
      try Self.diff?.run(
        ["--minimal", "-u", folder.write(old, to: "old"), folder.write(new, to: "new")]))
    #expect(Self.changes(text(old, new)) == Self.changes(outcome.output))
  }

  private static func changes(_ text: String) -> Int {
    // Split by scalars, because a carriage return with a line feed is one character.
    text.unicodeScalars.split(separator: "\n").dropFirst(2).count {
      $0.first == "+" || $0.first == "-"
    }
  }

  @Test func theCommandPrintsItAndTells() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Sample.web, to: "web.json")
    let outcome = try Outcome.ofCommand(["--diff", file])
    #expect(outcome.status == 2)
    #expect(outcome.output.hasPrefix("--- \(file)\n+++ \(file)\n@@ -"))
    #expect(try folder.text("web.json") == Sample.web)
    let injected = try Outcome.ofCommand([file]).output
    let same = try Outcome.ofCommand(["--diff"], input: injected)
    #expect(same.status == 0)
    #expect(same.output == "")
    let back = try Outcome.ofCommand(["uninject", "--diff"], input: injected)
    #expect(back.status == 2)
    let mixed = try Outcome.ofCommand(["--diff", file, "/nowhere"])
    #expect(mixed.status == 1)
  }

  @Test(arguments: [["--in-place", "f"], ["--report", "json"]])
  func excludesOtherProducts(_ others: [String]) throws {
    #expect(try Outcome.ofCommand(["--diff"] + others, input: Sample.web).status == 64)
  }
}
