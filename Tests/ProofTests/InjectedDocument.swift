import CommandTesting
import Foundation

/// A task definition, and what inject made of it.
struct InjectedDocument: Sendable {
  let name: String
  let arguments: [String]
  let input: String
  let output: String

  /// The cases of testdata that are injected.
  static func golden() throws -> [InjectedDocument] {
    try Folders.entries(of: Folders.testdata).compactMap { folder in
      let file = { folder.appendingPathComponent($0) }
      guard let input = try? Folders.text(file("input.json")) else { return nil }
      let lines = (try? Folders.text(file("arguments.txt"))) ?? ""
      var arguments = lines.split(separator: "\n").map { line in
        line.hasPrefix(".") ? "\(folder.path)/\(line)" : String(line)
      }
      let settings = file("inject-envoy.yaml").path
      if FileManager.default.fileExists(atPath: settings) { arguments += ["--config", settings] }
      return try injected(folder.lastPathComponent, arguments, input)
    }
  }

  /// Task definitions of public repositories that are injected.
  static func corpus(atMost count: Int) throws -> [InjectedDocument] {
    var found: [InjectedDocument] = []
    for file in Folders.entries(of: Folders.shared("corpus/taskdef")) where found.count < count {
      let document = try injected(file.lastPathComponent, ["--resize"], try Folders.text(file))
      if let document { found.append(document) }
    }
    return found
  }

  private static func injected(
    _ name: String, _ arguments: [String], _ input: String
  ) throws -> InjectedDocument? {
    let outcome = try Outcome.ofCommand(arguments, input: input)
    guard outcome.status == 0, outcome.output != input else { return nil }
    return InjectedDocument(name: name, arguments: arguments, input: input, output: outcome.output)
  }
}
