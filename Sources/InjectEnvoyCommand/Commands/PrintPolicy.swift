import EnvoyInjector

/// `inject-envoy policy`: what the roles of the injected task must allow.
struct PrintPolicy {
  private let files: [String]
  private let injector: Injector
  private let options: PolicyOptions

  init(
    _ arguments: CommandLineArguments, _ environment: [String: String]
  ) throws(CommandError) {
    files = arguments.files.isEmpty ? ["-"] : arguments.files
    let sources = try OptionSources(arguments, environment)
    injector = try sources.injector()
    options = try sources.callOptions().policy
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    var status = ExitStatus.done
    for file in files {
      let report = ReportPrinter(file: file == "-" ? "<stdin>" : file, streams: streams)
      do {
        let bytes = try FileBytes.read(file, streams)
        let policies = report.result(of: bytes) { bytes throws(InjectionError) in
          try injector.policies(for: bytes, certificates: options.certificates)
        }
        guard let policies else {
          status = .refused
          continue
        }
        let text = options.format.text(policies, withTrust: options.withTrust)
        try streams.write(Array(text.utf8))
      } catch let error as CommandError {
        report.failed(error)
        status = .refused
      }
    }
    return status
  }
}
