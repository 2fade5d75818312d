import EnvoyInjector

/// `inject-envoy policy`: what the roles of the injected task must allow.
struct PrintPolicy {
  private let files: [String]
  private let isQuiet: Bool
  private let injector: Injector
  private let options: PolicyOptions

  init(
    _ arguments: CommandLineArguments, _ environment: [String: String]
  ) throws(CommandError) {
    files = arguments.files.isEmpty ? ["-"] : arguments.files
    isQuiet = arguments.given["quiet"] != nil
    let sources = try OptionSources(arguments, environment)
    injector = try sources.injector()
    options = try sources.callOptions().policy
  }

  /// Goes on after a document that is refused. All others make one text.
  func run(_ streams: Streams) throws -> ExitStatus {
    var policies: [RolePolicies] = []
    var warnings = WarningsOfRun()
    for file in files {
      let report = ReportPrinter(file: file == "-" ? "<stdin>" : file, streams: streams)
      do {
        let bytes = try FileBytes.read(file, streams)
        let found = report.result(of: bytes) { bytes throws(InjectionError) in
          try injector.policies(for: bytes, certificates: options.certificates)
        }
        guard let found else { continue }
        policies.append(found)
        report.found(
          warnings.unsaid(of: found.warnings), bytes, hiding: Redaction(of: bytes))
        if !isQuiet { streams.say("\(found.family): \(found.summary)") }
      } catch {
        report.failed(error)
      }
    }
    if !policies.isEmpty {
      let text = options.format.text(policies, withTrust: options.withTrust)
      try streams.write(Array(text.utf8))
    }
    return policies.count == files.count ? .done : .refused
  }
}

extension RolePolicies {
  /// The statements by the reasons in their names.
  fileprivate var summary: String {
    let roles = [("task role", taskStatements), ("execution role", executionStatements)]
      .filter { !$0.1.isEmpty }
      .map { "\($0.0) for " + $0.1.map(\.sid).joined(separator: ", ") }
    return roles.isEmpty ? "no permission is needed" : roles.joined(separator: "; ")
  }
}
