/// How `check` prints, and what makes it fail.
struct CheckOptions: Sendable {
  var format = CheckFormat.text
  var failsOn = FailureThreshold.error
  /// Codes of findings that are left out.
  var suppressed: [String] = []
}

/// What makes `check` fail.
enum FailureThreshold: String, CaseIterable, Sendable {
  case error, warning
  /// Errors, and with an exit status of its own a document that inject would change.
  case change
}
