import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// `inject-envoy cdk`: injects every template of a cloud assembly, and corrects the hashes by which the
/// CDK finds them.
struct InjectAssembly: Subcommand {
  static let description = CommandDescription(
    name: "cdk", summary: "Inject every template that 'cdk synth' wrote, and correct their hashes",
    usage: "cdk [OPTION…] DIR", example: "inject-envoy cdk --tracing xray cdk.out",
    audiences: [.documents, .findings, .mesh, .envoy, .sidecar, .selecting])

  private let directory: String
  private let injector: Injector
  private let isQuiet: Bool
  private let suppressed: [String]

  init(_ call: Call) throws(CommandError) {
    guard call.arguments.files.count == 1, call.arguments.files[0] != "-" else {
      throw .usage(
        "'cdk' needs one directory.", fix: "Name the directory that 'cdk synth' wrote: cdk.out.")
    }
    directory = call.arguments.files[0]
    let sources = try call.sources()
    let options = try sources.callOptions()
    injector = try sources.injector()
    isQuiet = options.output.isQuiet
    suppressed = options.output.suppressed
  }

  /// The results of all templates.
  private struct Results {
    var outcomes: [Remark] = []
    var reported = ReportedWarnings()
    var isRefused = false
  }

  /// Writes all files or none.
  func run(_ streams: Streams) throws -> ExitStatus {
    let assembly = try CloudAssembly(directory, streams)
    var changes = AssemblyChanges()
    var results = Results()
    try changes.add(assembly) { inject($0, among: $1, streams, &results) }
    guard !results.isRefused else {
      throw CommandError.failed(
        "Nothing is written to '\(directory)'.", fix: "Fix the errors listed above.")
    }
    try AtomicFile.replace(changes.files.map { ($0.path, $0.bytes) })
    for outcome in results.outcomes { streams.say(outcome) }
    return .done
  }

  /// - Returns: the injected template, or the old one if it is refused.
  private func inject(
    _ file: CloudAssembly.File, among templates: Set<String>, _ streams: Streams,
    _ results: inout Results
  ) -> [UInt8] {
    let remarks = DocumentRemarks(origin: DocumentOrigin(path: file.path))
    do throws(InjectionError) {
      let injection = try injector.inject(file.bytes).suppressing(suppressed)
      let warnings = injection.warnings.filter {
        !Self.isAboutTemplate($0, among: templates, in: injection)
      }
      let found = remarks.found(warnings, file.bytes, hiding: Redaction(read: injection.read))
      for remark in found where results.reported.isNew(remark, of: remarks.origin) {
        streams.say(remark)
      }
      if !isQuiet { results.outcomes.append(remarks.done(injection, nil)) }
      return injection.output
    } catch {
      results.isRefused = true
      for remark in remarks.refused(error, file.bytes) { streams.say(remark) }
      return file.bytes
    }
  }

  /// Whether a warning says that a nested template is not injected, which is injected as well.
  private static func isAboutTemplate(
    _ warning: Problem, among templates: Set<String>, in injection: Injection
  ) -> Bool {
    guard warning.code == "unseen-template",
      let resource = injection.read.node(at: warning.pointer)
    else { return false }
    let text = Array(injection.read.value(resource).compactText.utf8)
    return ContentHashes.all(in: text).contains { run in
      templates.contains(String(decoding: text[run], as: UTF8.self))
    }
  }
}
