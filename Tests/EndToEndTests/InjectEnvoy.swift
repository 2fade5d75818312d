import Foundation
import InjectEnvoyCommand
import Testing

/// The command as users run it, with options as words and results in the standard streams.
enum InjectEnvoy {
  /// Returns what the command prints.
  static func output(_ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation)
    throws -> String
  {
    let (status, output, errors) = try run(arguments)
    try #require(status == 0, "\(arguments)\n\(errors)", sourceLocation: sourceLocation)
    return output
  }

  static func run(_ arguments: [String]) throws -> (status: Int32, output: String, errors: String) {
    try withTemporaryFolder { folder in
      let files = try ["output", "errors"].map { name in
        let url = folder.appending(path: name)
        try Data().write(to: url)
        return try FileHandle(forUpdating: url)
      }
      let streams = Streams(
        input: FileHandle.nullDevice.fileDescriptor, output: files[0].fileDescriptor,
        error: files[1].fileDescriptor)
      let status = Command.run(arguments: arguments, environment: [:], streams: streams)
      let texts = try files.map { file in
        try file.seek(toOffset: 0)
        return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
      }
      return (status, texts[0], texts[1])
    }
  }
}

/// Runs `body` with a new folder that is removed afterwards.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = try makeTemporaryFolder()
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

func withTemporaryFolder<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: (URL) async throws -> Result
) async throws -> Result {
  let folder = try makeTemporaryFolder()
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}

private func makeTemporaryFolder() throws -> URL {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder
}
