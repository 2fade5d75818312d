import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// How text stands out on a terminal: SGR sequences of ECMA-48, or nothing.
struct TextStyle: Sendable {
  let isColored: Bool

  func bold(_ text: String) -> String { wrapped(text, "1") }

  func severity(_ severity: Rule.Severity) -> String {
    wrapped(severity.rawValue, severity == .error ? "31" : "33")
  }

  private func wrapped(_ text: String, _ code: String) -> String {
    isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
