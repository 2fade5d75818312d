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
      let report = ReportPrinter(file: file == "-" ? "<stdin>" : file, streams: streams)
      do {
        let bytes = try FileBytes.read(file, streams)
        if let injection = report.result(of: bytes, transform) {
          let output =
            try product?.text(injection)
            ?? standardProduct.text(of: injection, from: bytes, file: report.file)
          try deliver(output, bytes, file, streams)
          if case .diff = standardProduct, !output.isEmpty {
            status = status.worse(of: .wouldChange)
          }
          report.warnings(injection.warnings, bytes)
          if !isQuiet { report.done(injection, product?.outcome) }
        } else {
          status = .refused
        }
      } catch let error as CommandError {
        report.failed(error)
        status = .refused
      }
    }
    return status
  }

  private func deliver(
    _ output: [UInt8], _ bytes: [UInt8], _ file: String, _ streams: Streams
  ) throws {
    if !isInPlace {
      try streams.write(output)
    } else if output != bytes {
      try AtomicFile.replace(file, with: output)
    }
  }
}
