import CommandTesting
import EnvoyInjector
import LosslessJSON
import TaskDefinitions
import Testing

@testable import InjectEnvoyCommand

@Suite struct TextStyleTests {
  /// `script` runs a command on a terminal.
  @Test(
    .enabled(if: Program(named: "script") != nil, "there is no script"),
    arguments: [(["TERM": "xterm"], true), (["NO_COLOR": "1"], false), (["TERM": "dumb"], false)])
  func messagesAreColoredOnATerminal(_ environment: [String: String], _ isColored: Bool) throws {
    let command =
      "\(Program.injectEnvoy.path) </dev/null; \(Program.injectEnvoy.path) check </dev/null"
    let outcome = try #require(Program(named: "script")).run(
      ["-qec", command, "/dev/null"], environment: environment)
    #expect(outcome.output.contains("\u{1B}[31merror\u{1B}[0m: ") == isColored, "\(outcome.output)")
    #expect(outcome.output.contains("\u{1B}") == isColored)
    #expect(!(try Program.injectEnvoy.run([]).errors.contains("\u{1B}")))
  }

  @Test func emphasizesTheSeverityOfAMessage() {
    let style = TextStyle(isColored: true)
    let text = { (line: String) in
      String(decoding: style.message(Array(line.utf8)), as: UTF8.self)
    }
    #expect(
      text("a:1:1: warning: b: error\n")
        == "\u{1B}[1ma:1:1\u{1B}[0m: \u{1B}[33mwarning\u{1B}[0m: b: error\n")
    #expect(text("web: injected\n") == "web: injected\n")
  }

  @Test func colorsOnlyWhenAsked() {
    let (plain, colored) = (TextStyle(isColored: false), TextStyle(isColored: true))
    #expect(plain.bold("a") == "a")
    #expect(plain.severity(.error) == "error")
    #expect(colored.bold("a") == "\u{1B}[1ma\u{1B}[0m")
    #expect(colored.severity(.error) == "\u{1B}[31merror\u{1B}[0m")
    #expect(colored.severity(.warning) == "\u{1B}[33mwarning\u{1B}[0m")
  }
}
