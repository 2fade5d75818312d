import Foundation
import InjectEnvoyCommand

/// The result of a command.
public struct Outcome: Hashable, Sendable {
  public let status: Int32
  public let output: String
  public let errors: String

  public init(status: Int32, output: String, errors: String) {
    self.status = status
    self.output = output
    self.errors = errors
  }

  /// Runs `inject-envoy` in this process, with files as its streams.
  public static func ofCommand(
    _ arguments: [String], environment: [String: String] = [:], input: String = ""
  ) throws -> Outcome {
    let folder = try TemporaryFolder()
    let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.write(input, to: "in")))
    let output = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.write("", to: "out")))
    let errors = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.write("", to: "err")))
    let status = Command.run(
      arguments: arguments, environment: environment,
      streams: Streams(
        input: input.fileDescriptor, output: output.fileDescriptor, error: errors.fileDescriptor))
    return Outcome(status: status, output: try folder.text("out"), errors: try folder.text("err"))
  }
}
