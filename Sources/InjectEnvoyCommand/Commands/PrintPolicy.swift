import EnvoyInjector
import RolePolicies
import TaskDefinitions

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
      do throws(CommandError) {
        if let found = try self.policies(of: file, streams, &warnings) { policies.append(found) }
      } catch {
        streams.say(error)
      }
    }
    if !policies.isEmpty {
      let text = options.format.text(policies, withTrust: options.withTrust)
      try streams.write(Array(text.utf8))
    }
    return policies.count == files.count ? .done : .refused
  }

  /// - Returns: `nil` when the document is refused: that is said.
  private func policies(
    of file: String, _ streams: Streams, _ warnings: inout WarningsOfRun
  ) throws(CommandError) -> RolePolicies? {
    let bytes = try FileBytes.read(file, streams)
    let remarks = DocumentRemarks(file: file == "-" ? "<stdin>" : file)
    do throws(InjectionError) {
      let found = try injector.policies(for: bytes, certificates: options.certificates) {
        options.format.printsTrust($0, withTrust: options.withTrust)
      }
      let said = remarks.found(found.warnings, bytes, hiding: Redaction(of: bytes))
      for remark in said where warnings.isNew(remark) { streams.say(remark) }
      if !isQuiet { streams.say("\(found.family): \(found.summary)") }
      return found
    } catch {
      for remark in remarks.refused(error, bytes) { streams.say(remark) }
      return nil
    }
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
