import Glibc

/// A directory for output files. If one cannot be written, none is.
struct OutputFolder {
  let path: String

  /// Creates the directory if it is missing. Its parent must exist. Each existing file is replaced in one step,
  /// and other files stay.
  func write(_ files: [(name: String, bytes: [UInt8])]) throws(CommandError) {
    let signals = SignalMask()
    defer { signals.restore() }
    let isNew = mkdir(path, 0o777) == 0
    guard isNew || errno == EEXIST else { throw Self.failed(path, errno) }
    var prepared: [Prepared] = []
    do throws(CommandError) {
      for file in files { prepared.append(try Prepared("\(path)/\(file.name)", file.bytes)) }
      for file in prepared { try file.takePlace() }
    } catch {
      for file in prepared { unlink(file.temporary) }
      if isNew { rmdir(path) }
      throw error
    }
  }

  /// A file with a temporary name in the same folder as its final one.
  private struct Prepared {
    let path: String
    var temporary: String { "\(path).\(getpid())" }

    init(_ path: String, _ bytes: [UInt8]) throws(CommandError) {
      self.path = path
      var status = stat()
      // A directory, a device or a pipe has no content to replace.
      if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
        throw OutputFolder.failed(path, EEXIST)
      }
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw OutputFolder.failed(path, errno) }
      var problem = FileBytes.write(bytes, to: descriptor)
      if problem == 0, fsync(descriptor) != 0 { problem = errno }
      if close(descriptor) != 0, problem == 0 { problem = errno }
      guard problem == 0 else {
        unlink(temporary)
        throw OutputFolder.failed(path, problem)
      }
    }

    func takePlace() throws(CommandError) {
      guard rename(temporary, path) == 0 else { throw OutputFolder.failed(path, errno) }
    }
  }

  private static func failed(_ path: String, _ number: Int32) -> CommandError {
    .failed(
      "Cannot write '\(path)': \(FileBytes.reason(number)).",
      fix: "Check that its directory exists, its permissions, and the free space on the disk.")
  }
}
