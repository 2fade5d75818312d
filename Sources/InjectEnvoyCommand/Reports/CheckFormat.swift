/// For whom `check` prints.
enum CheckFormat: String, CaseIterable, Sendable {
  /// People.
  case text
  /// Programs: one object a line, one line a document.
  case json
  /// Code scanning.
  case sarif
  /// The log of a GitHub workflow, which shows them beside the code.
  case github

  func report(style: TextStyle, isQuiet: Bool) -> any CheckReport {
    switch self {
    case .text: TextCheckReport(style: style, isQuiet: isQuiet)
    case .json: JSONCheckReport()
    case .sarif: SARIFCheckReport()
    case .github: WorkflowCheckReport()
    }
  }
}

/// Prints documents one by one.
protocol CheckReport {
  /// - Returns: what can be printed by now.
  mutating func add(_ document: CheckedDocument) -> String
  /// - Returns: what comes behind the last document.
  mutating func end() -> String
}
