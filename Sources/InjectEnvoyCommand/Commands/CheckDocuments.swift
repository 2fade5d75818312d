import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// `inject-envoy check`: lints documents, reports what inject would do to them, and changes nothing.
struct CheckDocuments: Subcommand {
  static let description = CommandDescription(
    name: "check", summary: "Lint documents, and report what inject would do to them",
    usage: "check [OPTION…] [FILE…|-]",
    example: "inject-envoy check --fail-on warning task.json",
    audiences: [.documents, .findings, .mesh, .envoy, .sidecar, .selecting, .check])

  private let files: [String]
  private let injector: Injector
  private let options: CheckOptions
  private let suppressed: [String]
  private let isQuiet: Bool
  private let style: TextStyle

  init(_ call: Call) throws(CommandError) {
    files = call.arguments.inputs
    let sources = try call.sources()
    let all = try sources.callOptions()
    injector = try sources.injector()
    options = all.check
    suppressed = all.output.suppressed
    isQuiet = all.output.isQuiet
    style = TextStyle(for: call.streams.output, call.environment)
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    var report = options.format.report(style: style, isQuiet: isQuiet)
    var status = ExitStatus.done
    for file in files {
      do {
        status = status.worse(of: try check(file, streams, &report))
      } catch let error as CommandError {
        streams.say(error)
        status = .refused
      }
    }
    try streams.write(Array(report.end().utf8))
    return status
  }

  /// Checks the documents of a file in batches, as inject reads them.
  ///
  /// - Returns: one status for all of them.
  private func check(
    _ file: String, _ streams: Streams, _ report: inout any CheckReport
  ) throws -> ExitStatus {
    var status = ExitStatus.done
    var documents = try DocumentReader(file, streams)
    while case let batch = try documents.nextBatch(), !batch.isEmpty {
      let checked = batch.parallelMap { [injector, suppressed] piece in
        CheckedDocument(
          DocumentOrigin(path: file, piece), piece.bytes,
          injector.check(piece.bytes).suppressing(suppressed))
      }
      for document in checked {
        try streams.write(Array(report.add(document).utf8))
        status = status.worse(of: self.status(of: document.check))
      }
    }
    return status
  }

  private func status(of check: DocumentCheck) -> ExitStatus {
    let fails = check.findings.contains {
      $0.severity == .error || options.failsOn == .warning
    }
    if fails { return .refused }
    return options.failsOn == .change && check.wouldChange ? .wouldChange : .done
  }
}
