import EnvoyInjector
import LosslessJSON

/// Where the results of one file's documents go: each to standard output as it is done, or, when
/// all are good, together back into the file.
struct Delivery {
  let file: String
  let command: DocumentCommand
  let product: DocumentCommand.Product?
  let streams: Streams
  private(set) var status = ExitStatus.done
  private var rewritten: [UInt8] = []
  private var isChanged = false

  init(
    file: String, command: DocumentCommand, product: DocumentCommand.Product?, streams: Streams
  ) {
    self.file = file
    self.command = command
    self.product = product
    self.streams = streams
  }

  /// - Parameter run: what need not be said again.
  mutating func add(
    _ result: Result<Injection, InjectionError>, of piece: DocumentSplitter.Piece,
    _ run: inout WarningsOfRun
  ) throws {
    let report = ReportPrinter(
      file: file == "-" ? "<stdin>" : file, streams: streams, number: piece.number,
      firstLine: piece.line)
    guard let injection = report.success(of: result, piece.bytes) else {
      status = .refused
      return
    }
    let standard = command.standardProduct
    lazy var redaction = standard.redaction(of: injection)
    let output =
      try product?.text(injection)
      ?? standard.text(of: injection, from: piece.bytes, file: report.file, hiding: redaction)
    if command.isInPlace { rewritten += output } else { try streams.write(output) }
    isChanged = isChanged || output != piece.bytes
    if standard.changes(injection, from: piece.bytes) { status = status.worse(of: .wouldChange) }
    report.found(run.unsaid(of: injection.warnings), piece.bytes, hiding: redaction)
    if !command.isQuiet { report.done(injection, product?.outcome) }
  }

  func finish() throws(CommandError) {
    guard command.isInPlace, isChanged, status != .refused else { return }
    try AtomicFile.replace(file, with: rewritten)
  }
}
