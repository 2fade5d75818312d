import Glibc

/// Whole files as bytes.
enum FileBytes {
  /// - Parameter path: `-` is standard input.
  static func read(_ path: String, _ streams: Streams) throws(CommandError) -> [UInt8] {
    if path == "-" { return try readAll(streams.input, "standard input") }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable("'\(path)'", errno, meant: path) }
    defer { close(descriptor) }
    return try readAll(descriptor, "'\(path)'")
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func readAll(_ descriptor: Int32, _ name: String) throws(CommandError) -> [UInt8] {
    var status = stat()
    let size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    var bytes: [UInt8] = []
    // One byte more than the size, so that the end shows at the first read.
    var room = max(size + 1, 65536)
    while true {
      var problem: Int32 = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        var result: Int
        repeat {
          result = Glibc.read(descriptor, buffer.baseAddress, room)
        } while result < 0 && errno == EINTR
        problem = result < 0 ? errno : 0
        count = max(result, 0)
      }
      guard problem == 0 else { throw unreadable(name, problem) }
      if chunk.isEmpty { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      room = 65536 + bytes.count / 4
    }
  }

  /// - Returns: 0, or the number of the error.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let result = Glibc.write(
          descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        if result >= 0 {
          written += result
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }

  static func reason(_ number: Int32) -> String {
    strerror(number).map { String(cString: $0).lowercased() } ?? "error \(number)"
  }

  private static func unreadable(
    _ name: String, _ number: Int32, meant path: String? = nil
  ) -> CommandError {
    let commands = Subcommand.allCases.map(\.rawValue)
    let command =
      number == ENOENT ? path.flatMap { Spelling.closest(to: $0, among: commands) } : nil
    return .failed(
      "can't read \(name): \(reason(number))",
      fix: command.map { "did you mean the command '\($0)', as first word?" }
        ?? "check the path and its permissions")
  }
}
