import Glibc

/// A file that is open for reading, and closed at the end of its lifetime.
struct OpenFile: ~Copyable {
  private let descriptor: Int32
  /// The name for messages.
  private let name: String
  /// Whether to close the descriptor. Standard input belongs to the caller.
  private let isOwned: Bool

  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - waits: whether to wait for the writer of a pipe.
  init(_ path: String, _ streams: Streams, waits: Bool = true) throws(CommandError) {
    isOwned = path != "-"
    name = isOwned ? "'\(path)'" : "standard input"
    descriptor =
      isOwned ? open(path, O_RDONLY | O_CLOEXEC | (waits ? 0 : O_NONBLOCK)) : streams.input
    guard descriptor >= 0 else { throw Self.unreadable(name, errno) }
  }

  deinit { if isOwned { close(descriptor) } }

  /// The size of a regular file, or 0 for a pipe.
  var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  var isPipe: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  /// - Returns: an empty array at the end of the file.
  func read(atMost room: Int) throws(CommandError) -> [UInt8] {
    var problem: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      var result: Int
      repeat {
        result = Glibc.read(descriptor, buffer.baseAddress, room)
      } while result < 0 && (errno == EINTR || (errno == EAGAIN && waitForWriter()))
      problem = result < 0 ? errno : 0
      count = max(result, 0)
    }
    guard problem == 0 else { throw Self.unreadable(name, problem) }
    return chunk
  }

  /// Makes reads of a pipe wait, now that it is known to have a writer.
  private func waitForWriter() -> Bool {
    isOwned && fcntl(descriptor, F_SETFL, 0) == 0
  }

  /// The error for a document that does not end within ``FileBytes/maximumDocument``.
  var tooLarge: CommandError {
    .failed(
      "Cannot read \(name): one document has more than \(FileBytes.maximumDocument >> 20) MiB.",
      fix:
        "Check what it contains: ECS accepts task definitions of 64 KiB, CloudFormation templates "
        + "of 1 MiB.")
  }

  private static func unreadable(_ name: String, _ number: Int32) -> CommandError {
    .failed(
      "Cannot read \(name): \(FileBytes.reason(number)).",
      fix: "Check the path and its permissions.")
  }
}
