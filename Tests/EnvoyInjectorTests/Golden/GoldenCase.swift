import Foundation
import Surroundings
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

/// A folder of testdata: a document, options, and the expected output.
struct GoldenCase: Sendable, CustomTestStringConvertible {
  let folder: URL

  /// All cases, except the ECS Workshop's settings, whose documents are not part of this package, the
  /// descriptions of meshes, which are not injected, and the corpus.
  static let all = Folders.entries(of: Folders.testdata)
    .filter { !others.contains($0.lastPathComponent) }
    .map(GoldenCase.init)

  private static let others = ["corpus", "mesh-complete", "meshes", "workshop-settings"]

  var testDescription: String { folder.lastPathComponent }

  var input: [UInt8] {
    get throws { try #require(Folders.bytes(file(inputFile)), "\(folder.path) needs an input") }
  }

  private var isYAML: Bool {
    FileManager.default.fileExists(atPath: file(.yamlInput).path)
  }

  private var inputFile: File { isYAML ? .yamlInput : .input }

  /// The file with the expected standard output.
  var expectedFile: File { isYAML ? .yamlExpected : .expected }

  /// The arguments, one per line in the file. Paths that begin with a dot are relative to the folder.
  var arguments: [String] {
    let bytes = Folders.bytes(file(.arguments)) ?? []
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      line.hasPrefix(".") ? "\(folder.path)/\(line)" : String(line)
    }
    let configuration = file(.configuration)
    let hasConfiguration = FileManager.default.fileExists(atPath: configuration.path)
    return lines + (hasConfiguration ? ["--config", configuration.path] : [])
  }

  var replacesForeign: Bool { arguments.contains("--replace-foreign") }

  /// The files that the folder of a case can contain.
  enum File: String, CaseIterable {
    case input = "input.json"
    case yamlInput = "input.yaml"
    case arguments = "arguments.txt"
    case configuration = "inject-envoy.yaml"
    /// The standard output. Missing if the document is rejected.
    case expected = "expected.json"
    case yamlExpected = "expected.yaml"
    /// The standard error next to an output.
    case report = "report.txt"
    /// The exit status and the standard error if the document is rejected.
    case error = "error.txt"
  }

  func file(_ file: File) -> URL { folder.appendingPathComponent(file.rawValue) }
}

extension GoldenCase {
  /// The expected result of a run, file by file.
  struct Expectation: Equatable {
    var files: [File: [UInt8]] = [:]

    static let kinds: [File] = [.expected, .yamlExpected, .report, .error]
  }

  /// The recorded result.
  var recorded: Expectation {
    var expectation = Expectation()
    for kind in Expectation.kinds {
      expectation.files[kind] = Folders.bytes(file(kind))
    }
    return expectation
  }

  /// Runs the command.
  func run() throws -> Expectation {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("inject-envoy-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let streams = ["out", "err"].map { folder.appendingPathComponent($0) }
    for stream in streams { try Data().write(to: stream) }
    let input = try FileHandle(forReadingFrom: file(inputFile))
    let output = try FileHandle(forWritingTo: streams[0])
    let error = try FileHandle(forWritingTo: streams[1])
    let status = Command.run(
      arguments: arguments, environment: [:],
      streams: Streams(
        input: input.fileDescriptor, output: output.fileDescriptor, error: error.fileDescriptor))
    let said = String(decoding: Folders.bytes(streams[1]) ?? [], as: UTF8.self)
      .replacingOccurrences(of: self.folder.path + "/", with: "")
    let printed = Folders.bytes(streams[0]) ?? []
    guard status != 0 else {
      return Expectation(files: [expectedFile: printed, .report: Array(said.utf8)])
    }
    #expect(printed.isEmpty, "a refused document leaves standard output empty")
    return Expectation(files: [.error: Array("exit status \(status)\n\(said)".utf8)])
  }

  func record(_ expectation: Expectation) throws {
    for kind in Expectation.kinds {
      if let bytes = expectation.files[kind] {
        try Data(bytes).write(to: file(kind))
      } else if FileManager.default.fileExists(atPath: file(kind).path) {
        try FileManager.default.removeItem(at: file(kind))
      }
    }
  }
}
