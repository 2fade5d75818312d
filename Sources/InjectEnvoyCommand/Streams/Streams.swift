import Glibc

/// The three streams of a process, as file descriptors. Tests pass pipes and files.
public struct Streams: Sendable {
  public var input: Int32
  public var output: Int32
  public var error: Int32
  /// How messages look on the error stream.
  var messageStyle = TextStyle(isColored: false)

  /// The streams of this process.
  public static let standard = Streams(input: 0, output: 1, error: 2)

  public init(input: Int32, output: Int32, error: Int32) {
    self.input = input
    self.output = output
    self.error = error
  }

  /// The reader of the output has closed it. The command ends without a message.
  struct BrokenPipe: Error {}

  func write(_ bytes: [UInt8]) throws {
    switch FileBytes.write(bytes, to: output) {
    case 0: return
    case EPIPE: throw BrokenPipe()
    case let number:
      throw CommandError.failed(
        "Cannot write the output: \(FileBytes.reason(number)).",
        fix: "Discard the output: it is not complete.")
    }
  }
}
