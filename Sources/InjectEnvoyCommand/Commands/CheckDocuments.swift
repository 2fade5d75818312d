import EnvoyInjector
import Glibc
import LosslessJSON
import TaskDefinitions

/// `inject-envoy check`: lints documents and says what inject would do to them; changes nothing.
struct CheckDocuments {
  private let files: [String]
  private let injector: Injector
  private let options: CheckOptions
  private let isQuiet: Bool
  /// Unless somebody said no: <https://no-color.org>.
  private let mayColor: Bool

  init(
    _ arguments: CommandLineArguments, _ environment: [String: String]
  ) throws(CommandError) {
    files = arguments.files.isEmpty ? ["-"] : arguments.files
    let sources = try OptionSources(arguments, environment)
    injector = try sources.injector()
    options = try sources.callOptions().check
    isQuiet = arguments.given["quiet"] != nil
    mayColor = environment["NO_COLOR", default: ""].isEmpty
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    let style = TextStyle(isColored: mayColor && isatty(streams.output) == 1)
    var report = options.format.report(style: style, isQuiet: isQuiet)
    var status = ExitStatus.done
    for file in files {
      do {
        let bytes = try FileBytes.read(file, streams)
        let check = injector.check(bytes).suppressing(options.suppressed)
        try streams.write(Array(report.add(CheckedDocument(file, bytes, check)).utf8))
        status = status.worse(of: self.status(of: check))
      } catch let error as CommandError {
        streams.say(error)
        status = .refused
      }
    }
    try streams.write(Array(report.end().utf8))
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
