import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The work that `inject`, `uninject` and `bootstrap` share: read documents from files or standard
/// input, write results to standard output, into a directory or back into the files, and report to
/// standard error.
struct DocumentCommand {
  /// A text that is printed instead of the document.
  struct Product: Sendable {
    /// The word for the text in the report.
    let outcome: String
    let text: @Sendable (Injection) throws(CommandError) -> [UInt8]
  }

  let files: [String]
  let isInPlace: Bool
  /// The path of the directory that gets a file for each document.
  let folder: String?
  let isQuiet: Bool
  let suppressed: [String]
  let recordsErrors: Bool
  let standardProduct: DocumentProduct
  let isDryRun: Bool
  /// Reports that go to files.
  let reports: [ReportRequests.File]
  let annotations: Annotations?

  init(_ call: Call, _ options: OutputOptions) throws(CommandError) {
    files = call.arguments.inputs
    isInPlace = options.isInPlace
    folder = options.documentFolder
    isQuiet = options.isQuiet
    isDryRun = options.isDryRun
    reports = options.reports.files
    annotations = Annotations(call.environment)
    suppressed = options.suppressed
    recordsErrors = options.onError == .record
    standardProduct = try DocumentProduct(options)
    if isInPlace, files.contains("-") {
      throw .usage("--in-place needs files to rewrite.", fix: "Name the files, not '-'.")
    }
    if let (option, obstacle) = Self.exclusions(options, standardProduct).first {
      throw .usage("\(option) and \(obstacle) exclude each other.", fix: "Give one of them.")
    }
    if let file = options.file, reports.contains(where: { $0.path == file }) {
      throw .usage(
        "'\(file)' is given for the output and for a report.", fix: "Give each its own file.")
    }
  }

  /// Pairs of flags that were given and contradict each other.
  private static func exclusions(
    _ options: OutputOptions, _ product: DocumentProduct
  ) -> [(String, String)] {
    let inPlace = options.isInPlace ? "--in-place" : nil
    let folder = options.documentFolder == nil ? nil : "--output-dir"
    let file = options.file == nil ? nil : "--output"
    let record = options.onError == .record ? "--on-error record" : nil
    let pairs = [
      (inPlace, file), (folder, file),
      (inPlace, product.obstacleInPlace), (folder, product.obstacleInPlace), (folder, inPlace),
      (record, inPlace), (record, folder), (record, product.obstacleToRecords),
    ]
    return pairs.compactMap { option, obstacle in
      option.flatMap { option in obstacle.map { (option, $0) } }
    }
  }

  /// Continues after a document that is refused.
  ///
  /// - Returns: one status for all documents.
  func run(
    _ streams: Streams, printing product: Product? = nil,
    _ transform: @escaping @Sendable ([UInt8]) throws(InjectionError) -> Injection
  ) throws -> ExitStatus {
    var status = ExitStatus.done
    var run = try Run(self, streams)
    for file in files {
      do {
        status = status.worse(of: try deliver(file, product, &run, transform))
      } catch let error as CommandError {
        run.say(error)
        status = .refused
      }
    }
    run.progress.erase()
    if status != .refused { try run.reports.write() }
    if isDryRun, !isQuiet { streams.say("inject-envoy: dry run: no document was written") }
    return status
  }

  /// Delivers each document as soon as it is done. A file is rewritten when all of its documents are
  /// done.
  private func deliver(
    _ file: String, _ product: Product?, _ run: inout Run,
    _ transform: @escaping @Sendable ([UInt8]) throws(InjectionError) -> Injection
  ) throws -> ExitStatus {
    var delivery = Delivery(file: file)
    let packing = Packing(
      path: file, isQuiet: isQuiet, suppressed: suppressed, recordsErrors: recordsErrors,
      standardProduct: standardProduct, product: product, reports: reports.map(\.format),
      annotations: annotations)
    var documents = try DocumentReader(
      file, run.streams, framing: recordsErrors ? .lines : .brackets)
    while case let batch = try documents.nextBatch(), !batch.isEmpty {
      let parcels = batch.parallelMap { [warnings = run.warnings] piece in
        packing.parcel(of: piece, warnings, transform)
      }
      for parcel in parcels { try delivery.add(parcel, &run) }
      try delivery.writeOut(run)
      run.progress.draw()
    }
    try delivery.finish(&run)
    if delivery.recorded > 0, !isQuiet { run.say(Self.recorded(delivery.recorded, file)) }
    return delivery.status
  }

  private static func recorded(_ count: Int, _ file: String) -> Remark {
    let lines =
      count == 1 ? "One line was refused: it holds" : "\(count) lines were refused: they hold"
    return Remark("\(DocumentOrigin(path: file).file): \(lines) the errors.")
  }
}
