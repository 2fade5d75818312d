import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The work that `inject`, `uninject` and `bootstrap` share: read documents from files or standard
/// input, write results to standard output or back into the files, and report to standard error.
struct DocumentCommand {
  /// A text that is printed instead of the document.
  struct Product: Sendable {
    /// The word for the text in the report.
    let outcome: String
    let text: @Sendable (Injection) throws(CommandError) -> [UInt8]
  }

  let files: [String]
  let isInPlace: Bool
  let isQuiet: Bool
  let standardProduct: DocumentProduct

  init(
    _ arguments: CommandLineArguments, _ options: OutputOptions
  ) throws(CommandError) {
    files = arguments.inputs
    isInPlace = options.isInPlace
    isQuiet = options.isQuiet
    standardProduct = try DocumentProduct(options)
    if isInPlace, files.contains("-") {
      throw .usage("--in-place needs files to rewrite.", fix: "Name the files, not '-'.")
    }
    if isInPlace, let obstacle = standardProduct.obstacleInPlace {
      throw .usage("--in-place and \(obstacle) exclude each other.", fix: "Give one of them.")
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
    var warnings = WarningsOfRun()
    for file in files {
      do {
        status = status.worse(of: try run(file, streams, product, &warnings, transform))
      } catch let error as CommandError {
        streams.say(error)
        status = .refused
      }
    }
    return status
  }

  /// Writes each document as soon as it is done. A file is rewritten when all of its documents are
  /// done.
  private func run(
    _ file: String, _ streams: Streams, _ product: Product?, _ warnings: inout WarningsOfRun,
    _ transform: @escaping @Sendable ([UInt8]) throws(InjectionError) -> Injection
  ) throws -> ExitStatus {
    var delivery = Delivery(file: file, isInPlace: isInPlace, streams: streams)
    let packing = Packing(
      path: file, isQuiet: isQuiet, standardProduct: standardProduct,
      product: product)
    var documents = try DocumentReader(file, streams)
    while case let batch = try documents.nextBatch(), !batch.isEmpty {
      let parcels = batch.parallelMap { [warnings] piece in
        packing.parcel(of: piece, warnings, transform)
      }
      for parcel in parcels { try delivery.add(parcel, &warnings) }
      try delivery.writeOut()
    }
    try delivery.finish()
    return delivery.status
  }
}
