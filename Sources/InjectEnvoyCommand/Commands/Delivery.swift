/// Writes the processed documents of one file in order: each to standard output as soon as it is done,
/// or all of them back into the file if none was refused.
struct Delivery {
  let file: String
  let isInPlace: Bool
  let streams: Streams
  private(set) var status = ExitStatus.done
  private var rewritten: [UInt8] = []
  private var isChanged = false
  /// Output that is not written yet. It is collected until a line must be reported, to save writes.
  private var unwritten: [UInt8] = []
  /// The outcomes to report after the file is rewritten.
  private var outcomes: [Remark] = []

  init(file: String, isInPlace: Bool, streams: Streams) {
    self.file = file
    self.isInPlace = isInPlace
    self.streams = streams
  }

  /// - Parameter warnings: the warnings about the run that were already reported.
  mutating func add(_ parcel: Parcel, _ warnings: inout WarningsOfRun) throws {
    switch parcel.output {
    case .success(let output) where isInPlace: rewritten += output
    case .success(let output): unwritten += output
    case .failure(let error):
      try writeOut()
      throw error
    }
    isChanged = isChanged || parcel.isChanged
    status = status.worse(of: parcel.status)
    var remarks = parcel.remarks.filter { warnings.isNew($0) }
    if isInPlace {
      outcomes += remarks.filter(\.isOutcome)
      remarks.removeAll(where: \.isOutcome)
    }
    guard !remarks.isEmpty else { return }
    try writeOut()
    for remark in remarks { streams.say(remark) }
  }

  /// Writes the collected output. Called before the reader waits for more input.
  mutating func writeOut() throws {
    guard !unwritten.isEmpty else { return }
    try streams.write(unwritten)
    unwritten.removeAll(keepingCapacity: true)
  }

  func finish() throws(CommandError) {
    guard isInPlace, status != .refused else { return }
    if isChanged { try AtomicFile.replace(file, with: rewritten) }
    for outcome in outcomes { streams.say(outcome) }
  }
}
