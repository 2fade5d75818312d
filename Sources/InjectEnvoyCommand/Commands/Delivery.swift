import LosslessJSON

/// Where the processed documents of a run go.
enum Destination {
  case standardOutput
  /// Back into the files, each in one step, if none of its documents was refused.
  case inPlace
  case folder(DocumentFolder)
}

/// The destination of a run, and the state that its files share.
struct Run {
  let destination: Destination
  let streams: Streams
  /// Whether no document is written.
  let isDryRun: Bool
  let annotations: Annotations?
  var warnings = ReportedWarnings()
  var progress: Progress
  var reports: ReportFiles

  init(_ options: DocumentCommand, _ streams: Streams) throws(CommandError) {
    if options.isInPlace {
      destination = .inPlace
    } else if let folder = options.folder {
      destination = .folder(try DocumentFolder(folder, isDryRun: options.isDryRun))
    } else {
      destination = .standardOutput
    }
    self.streams = streams
    isDryRun = options.isDryRun
    annotations = options.annotations
    reports = ReportFiles(options.reports)
    progress = Progress(
      streams, printsDocuments: !options.isInPlace && options.folder == nil)
  }

  mutating func say(_ remark: Remark) {
    progress.erase()
    streams.say(remark)
  }

  mutating func say(_ error: CommandError) {
    progress.erase()
    streams.say(error)
  }
}

/// Delivers the processed documents of one file in order.
struct Delivery {
  let file: String
  private(set) var status = ExitStatus.done
  /// The documents in whose place a record of their errors stands.
  private(set) var recorded = 0
  private var rewritten: [UInt8] = []
  private var isChanged = false
  /// Output that is not written yet. It is collected until it is ``writeSize`` long or a line must be
  /// reported.
  private var unwritten: [UInt8] = []
  /// The outcomes to report after the file is rewritten.
  private var outcomes: [Remark] = []

  /// The size in bytes from which output is written at once. Copying more takes as long as a write.
  private static let writeSize = 16384

  init(file: String) { self.file = file }

  mutating func add(_ parcel: Parcel, _ run: inout Run) throws {
    if let failure = parcel.failure {
      try writeOut(run)
      throw failure
    }
    let output = parcel.output
    status = status.worse(of: parcel.status)
    run.progress.count(isRefused: parcel.isRefused)
    run.reports.add(parcel.reports)
    if parcel.isRefused, parcel.status != .refused { recorded += 1 }
    for warning in parcel.repeated { run.warnings.count(warning, of: parcel.origin) }
    var remarks = parcel.remarks.filter { run.warnings.isNew($0, of: parcel.origin) }
    switch run.destination {
    case .standardOutput: try write(output, run)
    case .inPlace:
      rewritten += output.bytes
      isChanged = isChanged || parcel.isChanged
      outcomes += remarks.filter(\.isOutcome)
      remarks.removeAll(where: \.isOutcome)
    case .folder(let folder):
      if let problem = try write(output.bytes, of: parcel, to: folder) {
        remarks.removeAll(where: \.isOutcome)
        remarks.append(parcel.origin.remark(problem, run.annotations))
      }
    }
    guard !remarks.isEmpty else { return }
    try writeOut(run)
    for remark in remarks { run.say(remark) }
  }

  private static func staleHash(of file: String) -> Remark {
    Remark(
      "\(file): warning: The file is an asset of a cloud assembly, which still names it by the hash of "
        + "its old content, so 'cdk deploy' may deploy an older template.",
      "  fix: Run 'inject-envoy cdk DIR' on the directory of the assembly instead.")
  }

  /// - Returns: why the document has no file, unless it was refused before.
  private mutating func write(
    _ output: [UInt8], of parcel: Parcel, to folder: DocumentFolder
  ) throws(CommandError) -> Problem? {
    guard !parcel.isRefused else { return nil }
    let name: String
    do throws(Problem) {
      name = try folder.name(for: output, family: parcel.family)
    } catch {
      status = .refused
      return error
    }
    try folder.write(output, to: name)
    return nil
  }

  private mutating func write(_ output: PrintedText, _ run: Run) throws {
    guard output.isKept else { return try writePieces(of: output, run) }
    if unwritten.isEmpty { unwritten = output.bytes } else { unwritten += output.bytes }
    if unwritten.count >= Self.writeSize { try writeOut(run) }
  }

  private mutating func writePieces(of output: PrintedText, _ run: Run) throws {
    try writeOut(run)
    let writing = Writing(run.streams)
    output.forEachPiece(writing.take)
    if let problem = writing.problem { throw problem }
  }

  /// Writes pieces until one cannot be written.
  private final class Writing {
    private let streams: Streams
    private(set) var problem: (any Error)?

    init(_ streams: Streams) { self.streams = streams }

    func take(_ piece: [UInt8]) -> Bool {
      do { try streams.write(piece) } catch { problem = error }
      return problem == nil
    }
  }

  /// Writes the collected output. Called before the reader waits for more input.
  mutating func writeOut(_ run: Run) throws {
    guard !unwritten.isEmpty else { return }
    try run.streams.write(unwritten)
    unwritten = []
  }

  /// - Parameter run: reports what concerns several documents of the file.
  func finish(_ run: inout Run) throws(CommandError) {
    for remark in run.warnings.endOfStream() { run.say(remark) }
    guard case .inPlace = run.destination, status != .refused else { return }
    if isChanged, !run.isDryRun { try AtomicFile.replace(file, with: rewritten) }
    for outcome in outcomes { run.say(outcome) }
    if isChanged, CloudAssembly.names(file) { run.say(Self.staleHash(of: file)) }
  }
}
