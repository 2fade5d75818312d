/// Where one file's documents go, in their order: each to standard output as it is done, or, when
/// all are good, together back into the file.
struct Delivery {
  let file: String
  let isInPlace: Bool
  let streams: Streams
  private(set) var status = ExitStatus.done
  private var rewritten: [UInt8] = []
  private var isChanged = false
  /// Documents that are done, while nothing is to be said between them.
  private var unwritten: [UInt8] = []
  /// What became of the documents of a file that is not yet rewritten.
  private var outcomes: [Remark] = []

  init(file: String, isInPlace: Bool, streams: Streams) {
    self.file = file
    self.isInPlace = isInPlace
    self.streams = streams
  }

  /// - Parameter warnings: what need not be said again.
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

  /// No more documents are there for now.
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
