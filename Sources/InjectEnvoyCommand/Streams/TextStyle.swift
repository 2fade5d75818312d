import EnvoyInjector
import Glibc
import LosslessJSON
import TaskDefinitions

/// Emphasizes text on a terminal with SGR sequences (ECMA-48), or leaves it plain.
struct TextStyle: Sendable {
  let isColored: Bool

  init(isColored: Bool) { self.isColored = isColored }

  /// Colored if the descriptor is a terminal and the environment allows it: <https://no-color.org>.
  init(for descriptor: Int32, _ environment: [String: String]) {
    isColored =
      environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
      && isatty(descriptor) == 1
  }

  func bold(_ text: String) -> String { wrapped(text, "1") }

  func severity(_ severity: Rule.Severity) -> String {
    wrapped(severity.rawValue, severity == .error ? "31" : "33")
  }

  /// The lines of a message, in which the severity is emphasized.
  func message(_ bytes: [UInt8]) -> [UInt8] {
    guard isColored else { return bytes }
    let marks = [Rule.Severity.error, .warning].compactMap { severity in
      bytes.firstRange(of: Array(": \(severity.rawValue): ".utf8)).map { (severity, $0) }
    }
    guard let (severity, range) = marks.min(by: { $0.1.lowerBound < $1.1.lowerBound }) else {
      return bytes
    }
    let head = String(decoding: bytes[..<range.lowerBound], as: UTF8.self)
    return Array("\(bold(head)): \(self.severity(severity)): ".utf8) + bytes[range.upperBound...]
  }

  private func wrapped(_ text: String, _ code: String) -> String {
    isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
