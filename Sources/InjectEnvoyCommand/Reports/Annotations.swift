import LosslessJSON
import TaskDefinitions

/// Messages as commands of a GitHub workflow, which GitHub shows beside the line of the file.
///
/// - SeeAlso: <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>
struct Annotations: Sendable {
  /// The folder that paths are relative to, with a slash at its end; empty if it is unknown.
  private let workspace: String

  /// - Returns: `nil` unless the process is a step of a workflow.
  init?(_ environment: [String: String]) {
    guard environment["GITHUB_ACTIONS"] == "true" else { return nil }
    let folder = environment["GITHUB_WORKSPACE", default: ""]
    workspace = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
  }

  func command(for message: Message, in origin: DocumentOrigin) -> String {
    var properties: [(String, String)] = []
    if !origin.isStandardInput {
      properties = [
        ("file", path(origin.file)), ("line", String(message.line)),
        ("col", String(message.column)),
      ]
    }
    return Self.command(message, properties)
  }

  /// - Parameter properties: those before the title.
  static func command(_ message: Message, _ properties: [(String, String)]) -> String {
    let all = properties + [("title", message.problem.code)]
    return "::\(message.problem.severity.rawValue) "
      + all.map { "\($0)=\(property($1))" }.joined(separator: ",") + "::"
      + data("\(Printable.line(message.text))\nfix: \(Printable.lines(message.wholeFix))")
  }

  private func path(_ file: String) -> String {
    file.hasPrefix(workspace) ? String(file.dropFirst(workspace.count)) : file
  }

  /// Commands are one line each, and `%` is their escape.
  private static func data(_ text: String) -> String {
    escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  private static func property(_ text: String) -> String {
    escaped(
      Printable.line(text), ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
  }

  private static func escaped(_ text: String, _ codes: [Unicode.Scalar: String]) -> String {
    text.unicodeScalars.map { codes[$0] ?? String($0) }.joined()
  }
}
