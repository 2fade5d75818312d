import Glibc

/// Replaces files in one step each: readers see the old or the new content, never a part.
enum AtomicFile {
  static func replace(_ path: String, with bytes: [UInt8]) throws(CommandError) {
    try replace([(path, bytes)])
  }

  /// Replaces all files or, on an error, none.
  static func replace(_ files: [(path: String, bytes: [UInt8])]) throws(CommandError) {
    let signals = SignalMask()
    defer { signals.restore() }
    var prepared: [Replacement] = []
    var replaced = 0
    do throws(CommandError) {
      for file in files { prepared.append(try Replacement(file.path, file.bytes)) }
      for replacement in prepared {
        try replacement.takePlace(keepsOld: files.count > 1)
        replaced += 1
      }
    } catch {
      for replacement in prepared[..<replaced] { replacement.takeBack() }
      for replacement in prepared[replaced...] { replacement.discard() }
      throw error
    }
    for replacement in prepared { replacement.discard() }
  }

  /// A new content beside its file, forced to the disk. The mode is kept, and the owner where
  /// permitted; a symbolic link stays, and the file that it names is replaced.
  private struct Replacement {
    private let path: String
    private let resolved: String
    private let temporary: String
    /// A second name of the old content.
    private var old: String { temporary + ".old" }

    init(_ path: String, _ bytes: [UInt8]) throws(CommandError) {
      guard let name = realpath(path, nil) else { throw AtomicFile.failed(path, errno) }
      defer { free(name) }
      self.path = path
      resolved = String(cString: name)
      var status = stat()
      guard stat(resolved, &status) == 0 else { throw AtomicFile.failed(path, errno) }
      // A device or a pipe has no content to replace: the new file would take its place.
      guard status.st_mode & S_IFMT == S_IFREG else { throw AtomicFile.notRegular(path) }
      var template = Array((resolved + ".XXXXXX").utf8CString)
      let descriptor = mkstemp(&template)
      guard descriptor >= 0 else { throw AtomicFile.failed(path, errno) }
      temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      var problem = FileBytes.write(bytes, to: descriptor)
      // Only root can change the owner, and only root rewrites files of others.
      _ = fchown(descriptor, status.st_uid, status.st_gid)
      if problem == 0, fchmod(descriptor, status.st_mode & 0o7777) != 0 { problem = errno }
      if problem == 0, fsync(descriptor) != 0 { problem = errno }
      if close(descriptor) != 0, problem == 0 { problem = errno }
      guard problem == 0 else {
        unlink(temporary)
        throw AtomicFile.failed(path, problem)
      }
    }

    /// - Parameter keepsOld: whether ``takeBack()`` may be needed.
    func takePlace(keepsOld: Bool) throws(CommandError) {
      if keepsOld, link(resolved, old) != 0 { throw AtomicFile.failed(path, errno) }
      guard rename(temporary, resolved) == 0 else {
        let number = errno
        unlink(old)
        throw AtomicFile.failed(path, number)
      }
    }

    func takeBack() { rename(old, resolved) }

    /// Removes what is not needed any more.
    func discard() {
      unlink(temporary)
      unlink(old)
    }
  }

  private static func notRegular(_ path: String) -> CommandError {
    .failed(
      "Cannot rewrite '\(path)': it is not a regular file.",
      fix: "Give a regular file, or leave out --in-place to print the document instead.")
  }

  private static func failed(_ path: String, _ number: Int32) -> CommandError {
    .failed(
      "Cannot rewrite '\(path)': \(FileBytes.reason(number)). The file is unchanged.",
      fix: "Check the permissions of its directory and the free space on the disk.")
  }
}
