import Glibc

/// The three streams of a process, as file descriptors: tests give pipes and files.
public struct Streams: Sendable {
  public var input: Int32
  public var output: Int32
  public var error: Int32

  /// The process's own.
  public static let standard = Streams(input: 0, output: 1, error: 2)

  public init(input: Int32, output: Int32, error: Int32) {
    self.input = input
    self.output = output
    self.error = error
  }

  /// Nobody reads the output any more: the command ends quietly.
  struct BrokenPipe: Error {}

  func write(_ bytes: [UInt8]) throws {
    switch FileBytes.write(bytes, to: output) {
    case 0: return
    case EPIPE: throw BrokenPipe()
    case let number:
      throw CommandError.failed(
        "can't write the output: \(FileBytes.reason(number))", fix: "the output is not complete")
    }
  }
}
