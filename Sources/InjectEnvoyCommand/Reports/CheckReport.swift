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

/// A format in which `check` prints its results, document by document.
protocol CheckReport {
  /// - Returns: the text to print for the document now.
  mutating func add(_ document: CheckedDocument) -> String
  /// - Returns: the text to print after the last document.
  mutating func end() -> String
}
