import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Emphasizes text on a terminal with SGR sequences (ECMA-48), or leaves it plain.
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
