import EnvoyInjector
import LosslessJSON
import TaskDefinitions

extension OptionTable {
  /// What only `check` knows.
  static let check = only(
    .check,
    [
      .callValue("format", "FORMAT", "text, json, sarif or github") {
        call, text throws(ValueProblem) in
        call.check.format = try Value.word(text, CheckFormat.self)
      },
      .callValue("fail-on", "SEVERITY", "what makes check fail: error, warning, or change") {
        call, text throws(ValueProblem) in
        call.check.failsOn = try Value.word(text, FailureThreshold.self)
      },
      .callValues("suppress", "CODE", "finding to leave out") {
        call, values throws(ValueProblem) in
        call.check.suppressed = try Value.list(values, Value.findingCode)
      },
    ])
}

extension Value {
  static func findingCode(_ text: String) throws(ValueProblem) -> String {
    guard Rule.named(text) == nil else { return text }
    let hint = Spelling.closest(to: text, among: Rule.all.map(\.code))
    throw ValueProblem(
      "'\(text)' is no code of a finding",
      fix: hint.map { "did you mean '\($0)'?" } ?? "use a code that check prints in brackets")
  }
}
