extension CheckFormat {
  func report(style: TextStyle, isQuiet: Bool) -> any CheckReport {
    switch self {
    case .text: TextCheckReport(style: style, isQuiet: isQuiet)
    case .json: JSONCheckReport()
    case .sarif: SARIFCheckReport()
    case .github: WorkflowCheckReport()
    }
  }
}

/// Prints the checks of documents, one by one.
protocol CheckReport {
  /// - Returns: the text that can be printed now.
  mutating func add(_ document: CheckedDocument) -> String
  /// - Returns: the text that follows the last document.
  mutating func end() -> String
}
