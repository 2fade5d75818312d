import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The result of processing one document: its output, and the lines to report.
struct Parcel: Sendable {
  let origin: DocumentOrigin
  /// The text to print. Empty if the document is refused and no record takes its place.
  var output: PrintedText
  /// The error that prevented the output. It ends the run.
  var failure: CommandError?
  /// The task definition's family.
  var family: String?
  /// The reports for files, in the order of the requests.
  var reports: [[UInt8]] = []
  var isChanged = false
  var isRefused = false
  var status = ExitStatus.done
  /// The lines to report after the output.
  var remarks: [Remark] = []
  /// The document's warnings that were reported for an earlier one.
  var repeated: [ReportedWarnings.Warning] = []
}

extension InjectionError {
  /// The error without warnings of these rules.
  fileprivate func suppressing(_ codes: [String]) -> InjectionError {
    guard !codes.isEmpty, case .refused(let findings) = self else { return self }
    return .refused(findings.filter { $0.severity == .error || !codes.contains($0.code) })
  }
}

/// Makes the ``Parcel`` of each document of one file. It has no mutable state, so that documents are
/// processed in parallel.
struct Packing: Sendable {
  /// The path of the file; `-` is standard input.
  let path: String
  let isQuiet: Bool
  /// Codes of warnings that are left out.
  let suppressed: [String]
  /// Whether a line with the errors takes the place of a refused document.
  let recordsErrors: Bool
  let standardProduct: DocumentProduct
  let product: DocumentCommand.Product?
  /// The formats of reports for files.
  let reports: [ReportFormat]
  let annotations: Annotations?

  /// - Parameter reported: the warnings that were already reported.
  func parcel(
    of piece: DocumentSplitter.Piece, _ reported: ReportedWarnings,
    _ transform: ([UInt8]) throws(InjectionError) -> Injection
  ) -> Parcel {
    let remarks = DocumentRemarks(
      origin: DocumentOrigin(path: path, piece), annotations: annotations)
    if recordsErrors, !piece.bytes.contains(where: { $0 > 0x20 }) {
      return Parcel(origin: remarks.origin, output: PrintedText(piece.bytes))
    }
    let injection: Injection
    do throws(InjectionError) {
      injection = try transform(piece.bytes)
    } catch {
      return refused(error.suppressing(suppressed), piece, remarks)
    }
    let readsOutput = standardProduct.readsOutput || !reports.isEmpty
    let result = readsOutput ? injection.keepingOutput : injection
    return parcel(of: result.suppressing(suppressed), piece, remarks, reported)
  }

  private func parcel(
    of injection: Injection, _ piece: DocumentSplitter.Piece, _ remarks: DocumentRemarks,
    _ reported: ReportedWarnings
  ) -> Parcel {
    lazy var redaction = standardProduct.redaction(of: injection)
    var parcel = Parcel(
      origin: remarks.origin, output: PrintedText([]), family: injection.family)
    do throws(CommandError) {
      parcel.output =
        try product.map { product throws(CommandError) in PrintedText(try product.text(injection)) }
        ?? standardProduct.text(
          of: injection, from: piece.bytes, file: remarks.origin.file, hiding: redaction)
    } catch {
      parcel.failure = error
    }
    parcel.reports = texts(of: reports, injection, piece, remarks.origin)
    parcel.isChanged = !(parcel.output == piece.bytes)
    if standardProduct.changes(injection, from: piece.bytes) { parcel.status = .wouldChange }
    let warnings = injection.warnings
    if !warnings.isEmpty {
      parcel.repeated = warnings.filter(reported.isReported).map(ReportedWarnings.Warning.init)
      parcel.remarks = remarks.found(
        warnings.filter { !reported.isReported($0) }, piece.bytes, hiding: redaction)
    }
    if !isQuiet { parcel.remarks.append(remarks.done(injection, product?.outcome)) }
    return parcel
  }

  private func refused(
    _ error: InjectionError, _ piece: DocumentSplitter.Piece, _ remarks: DocumentRemarks
  ) -> Parcel {
    guard recordsErrors else {
      var parcel = Parcel(origin: remarks.origin, output: PrintedText([]))
      (parcel.isRefused, parcel.status) = (true, .refused)
      parcel.remarks = remarks.refused(error, piece.bytes)
      return parcel
    }
    let record = remarks.record(of: error, piece.bytes)
    var parcel = Parcel(origin: remarks.origin, output: PrintedText(record))
    parcel.isRefused = true
    return parcel
  }

  private func texts(
    of formats: [ReportFormat], _ injection: Injection, _ piece: DocumentSplitter.Piece,
    _ origin: DocumentOrigin
  ) -> [[UInt8]] {
    guard !formats.isEmpty else { return [] }
    let redaction = Redaction(of: injection)
    return formats.map { format in
      DocumentProduct.report(format).text(
        of: injection, from: piece.bytes, file: origin.file, hiding: redaction
      ).bytes
    }
  }
}
