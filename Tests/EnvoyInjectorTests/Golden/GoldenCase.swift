import Foundation
import Surroundings
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

/// A folder of testdata: a document, options, and what comes out.
struct GoldenCase: Sendable, CustomTestStringConvertible {
  let folder: URL

  /// Without the ECS Workshop's settings, whose documents are not part of this package, and
  /// without descriptions of meshes, into which nothing is injected, and without the corpus.
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

  /// Where standard output is.
  var expectedFile: File { isYAML ? .yamlExpected : .expected }

  /// One argument a line; paths with a dot in front are meant from the folder.
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

  /// Everything that may lie in a case's folder.
  enum File: String, CaseIterable {
    case input = "input.json"
    case yamlInput = "input.yaml"
    case arguments = "arguments.txt"
    case configuration = "inject-envoy.yaml"
    /// Standard output; there is none when the document is refused.
    case expected = "expected.json"
    case yamlExpected = "expected.yaml"
    /// Standard error beside an output.
    case report = "report.txt"
    /// Exit status and standard error when the document is refused.
    case error = "error.txt"
  }

  func file(_ file: File) -> URL { folder.appendingPathComponent(file.rawValue) }
}

extension GoldenCase {
  /// What a run has to leave behind, file by file.
  struct Expectation: Equatable {
    var files: [File: [UInt8]] = [:]

    static let kinds: [File] = [.expected, .yamlExpected, .report, .error]
  }

  /// As it is recorded.
  var recorded: Expectation {
    var expectation = Expectation()
    for kind in Expectation.kinds {
      expectation.files[kind] = Folders.bytes(file(kind))
    }
    return expectation
  }

  /// As the command does it.
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
