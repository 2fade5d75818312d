/// The reports that go to files beside the documents, for all documents of a call.
struct ReportFiles {
  private let requests: [ReportRequests.File]
  private var texts: [[UInt8]]

  init(_ requests: [ReportRequests.File]) {
    self.requests = requests
    texts = requests.map { _ in [] }
  }

  /// - Parameter reports: the texts of one document, in the order of the requests.
  mutating func add(_ reports: [[UInt8]]) {
    for (index, report) in reports.enumerated() { texts[index] += report }
  }

  /// Writes each file in one step.
  func write() throws(CommandError) {
    for (request, text) in zip(requests, texts) { try AtomicFile.write(text, to: request.path) }
  }
}
