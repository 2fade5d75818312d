import EnvoyInjector
import LosslessJSON

/// What `inject` and `uninject` have in common: documents from files or standard input, results to
/// standard output or back into the files, reports to standard error.
struct DocumentCommand {
  /// What is printed in place of the document.
  struct Product {
    /// What the report says of it.
    let outcome: String
    let text: (Injection) throws(CommandError) -> [UInt8]
  }

  let files: [String]
  let isInPlace: Bool
  let isQuiet: Bool
  private let standardProduct: DocumentProduct

  init(_ arguments: CommandLineArguments) throws(CommandError) {
    let given = arguments.given
    files = arguments.files.isEmpty ? ["-"] : arguments.files
    isInPlace = given["in-place"] != nil
    isQuiet = given["quiet"] != nil
    standardProduct = try DocumentProduct(given)
    if isInPlace, files.contains("-") {
      throw .usage("--in-place needs files to rewrite", fix: "name the files, not '-'")
    }
    if isInPlace, let obstacle = standardProduct.obstacleInPlace {
      throw .usage("--in-place and \(obstacle) exclude each other", fix: "give one of them")
    }
  }

  /// Goes on after a document that is refused: one status for all.
  func run(
    _ streams: Streams, printing product: Product? = nil,
    _ transform: ([UInt8]) throws(InjectionError) -> Injection
  ) throws -> ExitStatus {
    var status = ExitStatus.done
    for file in files {
      do {
        status = status.worse(of: try run(file, streams, product, transform))
      } catch let error as CommandError {
        ReportPrinter(file: file, streams: streams).failed(error)
        status = .refused
      }
    }
    return status
  }

  /// Documents are written one by one as they are done; a file is rewritten when all of its
  /// documents are.
  private func run(
    _ file: String, _ streams: Streams, _ product: Product?,
    _ transform: ([UInt8]) throws(InjectionError) -> Injection
  ) throws -> ExitStatus {
    var status = ExitStatus.done
    var rewritten: [UInt8] = []
    var isChanged = false
    var documents = try DocumentReader(file, streams)
    while let piece = try documents.next() {
      let report = ReportPrinter(
        file: file == "-" ? "<stdin>" : file, streams: streams, number: piece.number,
        firstLine: piece.line)
      guard let injection = report.result(of: piece.bytes, transform) else {
        status = .refused
        continue
      }
      let output =
        try product?.text(injection)
        ?? standardProduct.text(of: injection, from: piece.bytes, file: report.file)
      if isInPlace { rewritten += output } else { try streams.write(output) }
      isChanged = isChanged || output != piece.bytes
      if case .diff = standardProduct, !output.isEmpty { status = status.worse(of: .wouldChange) }
      report.warnings(injection.warnings, piece.bytes)
      if !isQuiet { report.done(injection, product?.outcome) }
    }
    if isInPlace, isChanged, status != .refused { try AtomicFile.replace(file, with: rewritten) }
    return status
  }
}
