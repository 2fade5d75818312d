import Glibc

/// A line on a terminal that shows how far a run has come. It appears after a second, and is erased
/// before another line is printed.
struct Progress {
  private static let delay = Duration.seconds(1)
  /// Between two changes of the line.
  private static let interval = Duration.milliseconds(200)

  private let streams: Streams
  private let isEnabled: Bool
  private let start = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?
  private var isVisible = false
  private var documents = 0
  private var refused = 0

  /// - Parameter printsDocuments: whether documents go to standard output. On a terminal, the line would
  ///   stand between them.
  init(_ streams: Streams, printsDocuments: Bool) {
    self.streams = streams
    isEnabled =
      isatty(streams.error) == 1 && !(printsDocuments && isatty(streams.output) == 1)
  }

  mutating func count(isRefused: Bool) {
    documents += 1
    if isRefused { refused += 1 }
  }

  /// Called when some documents are done.
  mutating func draw() {
    guard isEnabled else { return }
    let now = ContinuousClock.now
    guard now - start > Self.delay, lastDrawn.map({ now - $0 > Self.interval }) ?? true else {
      return
    }
    let seconds = (now - start) / Duration.seconds(1)
    let rate = Int(Double(documents) / seconds)
    write("\r\u{1B}[K\(documents) documents, \(refused) refused, \(rate) per second")
    lastDrawn = now
    isVisible = true
  }

  mutating func erase() {
    guard isVisible else { return }
    write("\r\u{1B}[K")
    isVisible = false
  }

  private func write(_ text: String) { _ = FileBytes.write(Array(text.utf8), to: streams.error) }
}
