import Glibc

/// Whole files as bytes.
enum FileBytes {
  /// Limit of one document in bytes. ECS accepts 64 KiB and CloudFormation 1 MiB. A larger input is not a
  /// document, but for example an endless device that would fill the memory.
  static let maximumDocument = 64 << 20

  /// - Parameter path: `-` is standard input.
  static func read(_ path: String, _ streams: Streams) throws(CommandError) -> [UInt8] {
    try read(try OpenFile(path, streams))
  }

  /// Reads without waiting for a writer. A pipe without a writer is an error.
  static func readAtOnce(_ path: String) throws(CommandError) -> [UInt8] {
    let file = try OpenFile(path, .standard, waits: false)
    let isPipe = file.isPipe
    let bytes = try read(file)
    guard !isPipe || !bytes.isEmpty else {
      throw .failed(
        "Cannot read '\(path)': it is a pipe without a writer.",
        fix: "Name a file, or write to the pipe.")
    }
    return bytes
  }

  private static func read(_ file: consuming OpenFile) throws(CommandError) -> [UInt8] {
    // One byte more than the size, so that the second read finds the end.
    var bytes = try file.read(atMost: min(max(file.size + 1, 65536), maximumDocument + 1))
    while true {
      guard bytes.count <= maximumDocument else { throw file.tooLarge }
      let chunk = try file.read(atMost: 65536 + bytes.count / 4)
      if chunk.isEmpty { return bytes }
      bytes += chunk
    }
  }

  /// Whether the name is taken. This includes a link without a target, and a file in a directory that cannot be
  /// searched.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 || errno != ENOENT
  }

  /// - Returns: 0, or the error number.
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
}
