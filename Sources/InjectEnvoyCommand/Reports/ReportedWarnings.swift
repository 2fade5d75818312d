import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The warnings that were already reported, so that each is reported once. A warning about the run is
/// reported once for all files. An equal warning about other documents of a stream is counted.
struct ReportedWarnings: Sendable {
  /// A warning without its place. Equal ones are reported once.
  struct Warning: Hashable, Sendable {
    fileprivate let rule: Rule
    private let text: Wording?
    private let fix: Wording?

    init(_ problem: Problem) {
      rule = problem.rule
      (text, fix) = problem.rule.isOfRun ? (nil, nil) : (problem.text, problem.fix)
    }
  }

  private struct Report {
    /// The file, line and column of the warning that was printed.
    let place: String
    let rank: Int
    var lastDocument: Int
    /// The documents with an equal warning, other than the first.
    var others = 0
  }

  /// The number of different warnings that are remembered, so that the memory of a stream is constant.
  /// Others are reported for each document.
  private static let capacity = 256

  /// An array, because few rules are about the run.
  private var ofRun: [Rule] = []
  private var ofStream: [Warning: Report] = [:]

  func isReported(_ problem: Problem) -> Bool {
    if problem.rule.isOfRun { return ofRun.contains(problem.rule) }
    return !ofStream.isEmpty && ofStream[Warning(problem)] != nil
  }

  /// Records the warning of a remark that is about to be printed.
  ///
  /// - Returns: `false` if an earlier document led to an equal warning. Then this one is counted.
  mutating func isNew(_ remark: Remark, of origin: DocumentOrigin) -> Bool {
    guard let warning = remark.warning else { return true }
    if warning.rule.isOfRun {
      if ofRun.contains(warning.rule) { return false }
      ofRun.append(warning.rule)
      return true
    }
    guard let report = ofStream[warning] else {
      guard ofStream.count < Self.capacity else { return true }
      ofStream[warning] = Report(
        place: remark.place, rank: ofStream.count, lastDocument: origin.number)
      return true
    }
    // A template with several tasks: each place is reported.
    if report.others == 0, report.lastDocument == origin.number { return true }
    count(warning, of: origin)
    return false
  }

  /// Counts a document with a warning that was already reported.
  mutating func count(_ warning: Warning, of origin: DocumentOrigin) {
    guard var report = ofStream[warning], report.lastDocument != origin.number else { return }
    report.others += 1
    report.lastDocument = origin.number
    ofStream[warning] = report
  }

  /// Forgets the warnings about documents at the end of their file.
  ///
  /// - Returns: a line for each warning that several documents have.
  mutating func endOfStream() -> [Remark] {
    let repeated = ofStream.filter { $0.value.others > 0 }.sorted { $0.value.rank < $1.value.rank }
    ofStream.removeAll()
    return repeated.map { warning, report in
      let documents =
        report.others == 1 ? "One more document has" : "\(report.others) more documents have"
      return Remark("\(report.place): warning: [\(warning.rule.code)] \(documents) this warning.")
    }
  }
}
