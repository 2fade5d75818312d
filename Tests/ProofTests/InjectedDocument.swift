import CommandTesting
import Foundation
import Surroundings

/// A task definition, and the result of injecting it.
struct InjectedDocument: Sendable {
  let name: String
  let arguments: [String]
  let input: String
  let output: String

  /// The cases of testdata that are injected.
  static func golden() throws -> [InjectedDocument] {
    try Folders.entries(of: Folders.testdata).compactMap { folder in
      try golden(folder, input: "input.json")
    }
  }

  /// Injected CloudFormation templates: the cases of testdata, and some of public repositories.
  ///
  /// - Parameter step: use every `step`th template of the repositories.
  static func templates(every step: Int) throws -> [InjectedDocument] {
    let golden = try Folders.entries(of: Folders.testdata)
      .filter { $0.lastPathComponent.hasPrefix("template-") }
      .flatMap { folder in
        try ["input.json", "input.yaml"].compactMap { try Self.golden(folder, input: $0) }
      }
    let files = Folders.documents(in: ["cfn"])
    let corpus = try stride(from: 0, to: files.count, by: step).compactMap { index in
      let file = files[index]
      return try injected(file.lastPathComponent, ["--resize"], try Folders.text(file))
    }
    return golden + corpus
  }

  private static func golden(_ folder: URL, input: String) throws -> InjectedDocument? {
    let file = { folder.appendingPathComponent($0) }
    guard let input = try? Folders.text(file(input)) else { return nil }
    let lines = (try? Folders.text(file("arguments.txt"))) ?? ""
    var arguments = lines.split(separator: "\n").map { line in
      line.hasPrefix(".") ? "\(folder.path)/\(line)" : String(line)
    }
    let settings = file("inject-envoy.yaml").path
    if FileManager.default.fileExists(atPath: settings) { arguments += ["--config", settings] }
    return try injected(folder.lastPathComponent, arguments, input)
  }

  /// Injected task definitions of public repositories.
  static func corpus(atMost count: Int) throws -> [InjectedDocument] {
    var found: [InjectedDocument] = []
    for file in Folders.documents(in: ["taskdef"]) where found.count < count {
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
