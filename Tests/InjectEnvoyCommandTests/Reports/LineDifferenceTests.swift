import CommandTesting
import Testing

@testable import InjectEnvoyCommand

@Suite struct LineDifferenceTests {
  private static func lines(_ texts: [String]) -> [ArraySlice<UInt8>] {
    texts.map { Array($0.utf8)[...] }
  }

  /// A template with many tasks, without Envoy or with an Envoy in each.
  private static func tasks(_ count: Int, isInjected: Bool) -> [ArraySlice<UInt8>] {
    lines(
      (0..<count).flatMap { number in
        ["task \(number)"] + (0..<13).map { "same \($0)" }
          + (isInjected ? (0..<60).map { "envoy \($0)" } : [])
      })
  }

  private func expectSameRest(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) {
    let difference = LineDifference(from: old, to: new)
    let kept = old.indices.filter { !difference.isRemoved[$0] }.map { old[$0] }
    let others = new.indices.filter { !difference.isInserted[$0] }.map { new[$0] }
    #expect(kept == others)
  }

  @Test(.timeLimit(.minutes(15))) func aLongTextIsComparedInNearLinearTime() {
    let (old, new) = (Self.tasks(2000, isInjected: false), Self.tasks(2000, isInjected: true))
    let difference = LineDifference(from: old, to: new)
    #expect(!difference.isRemoved.contains(true))
    #expect(difference.isInserted.count { $0 } == 2000 * 60)
    expectSameRest(old, new)
  }

  @Test(arguments: 0..<20) func whatIsNotChangedIsTheSame(seed: Int) {
    let old = (0..<2500).map { ($0 * 7919 + seed) % 3 == 0 ? "line \($0)" : "line \($0 % 9)" }
    var new = old
    for step in 0..<40 {
      let place = (step * 104_729 + seed * 31) % new.count
      if step % 2 == 0 { new.remove(at: place) } else { new.insert("new \(step)", at: place) }
    }
    expectSameRest(Self.lines(old), Self.lines(new))
  }

  /// inject drops the mark, and `patch` needs the line as it is in the file.
  @Test(arguments: ["STAGE", "PASSWORD"]) func aDiffRemovesTheByteOrderMark(_ name: String) throws {
    let variable = #""environment": [{"name": "\#(name)", "value": "hunter2x"}], "image""#
    let text = Sample.web.replacing(#""image""#, with: variable)
    let outcome = try Outcome.ofCommand(["--diff"], input: "\u{FEFF}" + text)
    let lines = outcome.output.unicodeScalars.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("-\u{FEFF}{") })
    #expect(lines.contains { $0.hasPrefix("+{") })
  }

  @Test func aDiffWithHiddenLinesSaysSo() throws {
    let secret = Sample.web.replacing(
      #""awslogs-stream-prefix": "app""#,
      with: #""awslogs-stream-prefix": "app", "splunk-token": "hunter2x""#)
    let outcome = try Outcome.ofCommand(["--diff"], input: secret)
    #expect(outcome.output.hasPrefix("Secrets are hidden with ***"), "\(outcome.output)")
    #expect(!outcome.output.contains("hunter2x"))
    #expect(try Outcome.ofCommand(["--diff"], input: Sample.web).output.hasPrefix("--- "))
  }
}
