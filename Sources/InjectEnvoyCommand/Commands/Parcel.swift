import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// What one document has come to.
struct Parcel: Sendable {
  /// The text that is printed; empty: the document is refused.
  let output: Result<[UInt8], CommandError>
  let isChanged: Bool
  let status: ExitStatus
  /// What is said behind the output.
  let remarks: [Remark]
}

/// Makes parcels of the documents of one file. It knows nothing of other documents: many are packed
/// at once.
struct Packing: Sendable {
  /// As people are told of it.
  let file: String
  let isQuiet: Bool
  let standardProduct: DocumentProduct
  let product: DocumentCommand.Product?

  /// - Parameter warnings: what need not be said again.
  func parcel(
    of piece: DocumentSplitter.Piece, _ warnings: WarningsOfRun,
    _ transform: ([UInt8]) throws(InjectionError) -> Injection
  ) -> Parcel {
    let remarks = DocumentRemarks(file: file, number: piece.number, firstLine: piece.line)
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
        ?? standardProduct.text(of: injection, from: piece.bytes, file: file, hiding: redaction)
    }
    let found = remarks.found(
      warnings.unsaid(of: injection.warnings), piece.bytes, hiding: redaction)
    return Parcel(
      output: output, isChanged: (try? output.get()) != piece.bytes,
      status: standardProduct.changes(injection, from: piece.bytes) ? .wouldChange : .done,
      remarks: isQuiet ? found : found + [remarks.done(injection, product?.outcome)])
  }
}
