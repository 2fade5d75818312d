import Glibc

/// The file that gets what a command would print, when the command has succeeded. Until then it keeps
/// its content.
struct OutputFile: ~Copyable {
  /// The streams of the process, with this file in place of standard output.
  let streams: Streams
  private let path: String
  /// Whether the file is a device or a pipe, which has no content to keep and gets the output at once.
  private let isDirect: Bool

  init(_ path: String, _ streams: Streams) throws(CommandError) {
    let kind = Self.kind(of: path)
    guard kind != S_IFDIR else { throw AtomicFile.notRegular(path) }
    let isDirect = kind != nil && kind != S_IFREG
    let descriptor =
      isDirect ? open(path, O_WRONLY | O_CLOEXEC) : Self.temporaryFile(beside: path)
    guard descriptor >= 0 else { throw AtomicFile.failed(path, errno, isNew: kind == nil) }
    var redirected = streams
    redirected.output = descriptor
    self.streams = redirected
    self.path = path
    self.isDirect = isDirect
  }

  deinit { close(streams.output) }

  /// Puts the output in place, unless a document was refused.
  func finish(_ status: ExitStatus) throws(CommandError) {
    guard !isDirect, status == .done || status == .wouldChange else { return }
    try AtomicFile.write(try content(), to: path)
  }

  private func content() throws(CommandError) -> [UInt8] {
    let descriptor = streams.output
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size >= 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw AtomicFile.failed(path, errno)
    }
    var problem: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let result = read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
        if result < 0, errno == EINTR { continue }
        if result < 0 { problem = errno }
        if result <= 0 { break }
        count += result
      }
    }
    guard problem == 0 else { throw AtomicFile.failed(path, problem) }
    return bytes
  }

  /// - Returns: `nil` if the file does not exist.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// A file without a name, which no signal can leave behind.
  ///
  /// - Returns: its descriptor, or -1 with `errno`.
  private static func temporaryFile(beside path: String) -> Int32 {
    let signals = SignalMask()
    defer { signals.restore() }
    let (descriptor, name) = AtomicFile.newFile(beside: path)
    if descriptor >= 0 { unlink(name) }
    return descriptor
  }
}
