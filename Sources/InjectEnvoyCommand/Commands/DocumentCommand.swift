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
  let layout: Layout?
  let printsReport: Bool

  init(_ arguments: CommandLineArguments) throws(CommandError) {
    let given = arguments.given
    files = arguments.files.isEmpty ? ["-"] : arguments.files
    isInPlace = given["in-place"] != nil
    isQuiet = given["quiet"] != nil
    layout = given["pretty"] != nil ? .pretty : given["compact"] != nil ? .compact : nil
    if given["pretty"] != nil, given["compact"] != nil {
      throw .usage("--pretty and --compact exclude each other", fix: "give one of them")
    }
    if let format = given["report"], format != "json" {
      throw .usage("--report: '\(format)' is no report format", fix: "write --report json")
    }
    printsReport = given["report"] != nil
    if printsReport, layout != nil {
      throw .usage(
        "--report excludes --pretty and --compact", fix: "leave out what you do not want")
    }
    if isInPlace, files.contains("-") {
      throw .usage("--in-place needs files to rewrite", fix: "name the files, not '-'")
    }
    if isInPlace, printsReport {
      throw .usage("--in-place and --report exclude each other", fix: "give one of them")
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
          let output = try product?.text(injection) ?? output(of: injection, report)
          try deliver(output, bytes, file, streams)
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

  private func output(of injection: Injection, _ report: ReportPrinter) -> [UInt8] {
    if printsReport { return report.json(injection) }
    guard let layout, let document = try? Document(injection.output) else {
      return injection.output
    }
    return document.reprinted(layout)
  }
}
