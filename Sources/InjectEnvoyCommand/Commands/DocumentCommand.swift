import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// What `inject` and `uninject` have in common: documents from files or standard input, results to
/// standard output or back into the files, reports to standard error.
struct DocumentCommand {
  /// What is printed in place of the document.
  struct Product: Sendable {
    /// What the report says of it.
    let outcome: String
    let text: @Sendable (Injection) throws(CommandError) -> [UInt8]
  }

  let files: [String]
  let isInPlace: Bool
  let isQuiet: Bool
  let standardProduct: DocumentProduct

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

  /// Documents are written one by one as they are done; a file is rewritten when all of its
  /// documents are.
  private func run(
    _ file: String, _ streams: Streams, _ product: Product?, _ warnings: inout WarningsOfRun,
    _ transform: @escaping @Sendable ([UInt8]) throws(InjectionError) -> Injection
  ) throws -> ExitStatus {
    var delivery = Delivery(file: file, isInPlace: isInPlace, streams: streams)
    let packing = Packing(
      file: file == "-" ? "<stdin>" : file, isQuiet: isQuiet, standardProduct: standardProduct,
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
