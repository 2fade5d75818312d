import EnvoyInjector
import LosslessJSON
import RolePolicies
import TaskDefinitions

/// `inject-envoy policy`: the permissions that the roles of the injected task need.
struct PrintPolicy: Subcommand {
  static let description = CommandDescription(
    name: "policy", summary: "Print the IAM policies that the injected task needs",
    usage: "policy [OPTION…] [FILE…|-]", example: "inject-envoy policy --tracing xray task.json",
    audiences: [.documents, .mesh, .envoy, .sidecar, .selecting, .policy])

  private let files: [String]
  private let isQuiet: Bool
  private let injector: Injector
  private let options: PolicyOptions

  init(_ call: Call) throws(CommandError) {
    files = call.arguments.inputs
    let sources = try call.sources()
    let all = try sources.callOptions()
    isQuiet = all.output.isQuiet
    injector = try sources.injector()
    options = all.policy
  }

  /// Continues after a document that is refused. The policies of all others make one text.
  func run(_ streams: Streams) throws -> ExitStatus {
    var policies: [RolePolicies] = []
    var status = ExitStatus.done
    var warnings = ReportedWarnings()
    for file in files {
      do throws(CommandError) {
        var documents = try DocumentReader(file, streams)
        while case let batch = try documents.nextBatch(), !batch.isEmpty {
          for piece in batch {
            let found = self.policies(of: piece, in: file, streams, &warnings)
            if let found { policies.append(found) } else { status = .refused }
          }
        }
      } catch {
        streams.say(error)
        status = .refused
      }
    }
    if !policies.isEmpty {
      let text = options.format.text(policies, withTrust: options.withTrust)
      try streams.write(Array(text.utf8))
    }
    return status
  }

  /// - Returns: `nil` if the document is refused, which is reported.
  private func policies(
    of piece: DocumentSplitter.Piece, in file: String, _ streams: Streams,
    _ warnings: inout ReportedWarnings
  ) -> RolePolicies? {
    let bytes = piece.bytes
    let remarks = DocumentRemarks(origin: DocumentOrigin(path: file, piece))
    do throws(InjectionError) {
      let found = try injector.policies(for: bytes, certificates: options.certificates) {
        options.format.printsTrust($0, withTrust: options.withTrust)
      }
      let said = remarks.found(found.warnings, bytes, hiding: Redaction(of: bytes))
      for remark in said where warnings.isNew(remark, of: remarks.origin) { streams.say(remark) }
      if !isQuiet { streams.say("\(found.family): \(found.summary)") }
      return found
    } catch {
      for remark in remarks.refused(error, bytes) { streams.say(remark) }
      return nil
    }
  }
}

extension RolePolicies {
  /// The statements of each role, by the reasons in their names.
  fileprivate var summary: String {
    let roles = [("task role", taskStatements), ("execution role", executionStatements)]
      .filter { !$0.1.isEmpty }
      .map { "\($0.0) for " + $0.1.map(\.sid).joined(separator: ", ") }
    return roles.isEmpty ? "no permissions needed" : roles.joined(separator: "; ")
  }
}
