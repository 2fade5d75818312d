/// How `check` prints, and what makes it fail.
struct CheckOptions: Sendable {
  var format = CheckFormat.text
  var failsOn = FailureThreshold.error
  /// Codes of findings that are left out.
  var suppressed: [String] = []
}

/// The least severe finding that makes `check` fail.
enum FailureThreshold: String, CaseIterable, Sendable { case error, warning }
