import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The result of processing one document: its output, and the lines to report.
struct Parcel: Sendable {
  /// The text to print. Empty if the document is refused.
  let output: Result<[UInt8], CommandError>
  let isChanged: Bool
  let status: ExitStatus
  /// The lines to report after the output.
  let remarks: [Remark]
}

/// Makes the ``Parcel`` of each document of one file. It has no mutable state, so that documents are
/// processed in parallel.
struct Packing: Sendable {
  /// The path of the file; `-` is standard input.
  let path: String
  let isQuiet: Bool
  let standardProduct: DocumentProduct
  let product: DocumentCommand.Product?

  /// - Parameter warnings: the warnings about the run that were already reported.
  func parcel(
    of piece: DocumentSplitter.Piece, _ warnings: WarningsOfRun,
    _ transform: ([UInt8]) throws(InjectionError) -> Injection
  ) -> Parcel {
    let remarks = DocumentRemarks(origin: DocumentOrigin(path: path, piece))
    let injection: Injection
    do throws(InjectionError) {
      injection = try transform(piece.bytes)
    } catch {
      return Parcel(
        output: .success([]), isChanged: false, status: .refused,
        remarks: remarks.refused(error, piece.bytes))
    }
    lazy var redaction = standardProduct.redaction(of: injection)
    let output = Result { () throws(CommandError) in
      try product?.text(injection)
        ?? standardProduct.text(
          of: injection, from: piece.bytes, file: remarks.origin.file, hiding: redaction)
    }
    let found = remarks.found(
      warnings.unsaid(of: injection.warnings), piece.bytes, hiding: redaction)
    return Parcel(
      output: output, isChanged: (try? output.get()) != piece.bytes,
      status: standardProduct.changes(injection, from: piece.bytes) ? .wouldChange : .done,
      remarks: isQuiet ? found : found + [remarks.done(injection, product?.outcome)])
  }
}
