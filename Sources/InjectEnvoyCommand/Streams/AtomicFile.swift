import Glibc

/// Replaces a file's content in one step: readers see the old or the new content, never a part.
enum AtomicFile {
  /// Writes a temporary file in the same folder, flushes it to the disk, and renames it over the file. Keeps the
  /// mode, and the owner if permitted. If the file is a symbolic link, its target is replaced.
  static func replace(_ path: String, with bytes: [UInt8]) throws(CommandError) {
    guard let resolved = realpath(path, nil) else { throw failed(path, errno) }
    defer { free(resolved) }
    var status = stat()
    guard stat(resolved, &status) == 0 else { throw failed(path, errno) }
    // A device or a pipe has no content to replace. The new file would replace the device itself.
    guard status.st_mode & S_IFMT == S_IFREG else { throw notRegular(path) }
    let signals = SignalMask()
    defer { signals.restore() }
    var template = Array((String(cString: resolved) + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw failed(path, errno) }
    var problem = FileBytes.write(bytes, to: descriptor)
    // Only root can change the owner, and only root rewrites files of other users.
    _ = fchown(descriptor, status.st_uid, status.st_gid)
    if problem == 0, fchmod(descriptor, status.st_mode & 0o7777) != 0 { problem = errno }
    if problem == 0, fsync(descriptor) != 0 { problem = errno }
    if close(descriptor) != 0, problem == 0 { problem = errno }
    if problem == 0, rename(template, resolved) != 0 { problem = errno }
    guard problem == 0 else {
      unlink(template)
      throw failed(path, problem)
    }
  }

  private static func notRegular(_ path: String) -> CommandError {
    .failed(
      "Cannot rewrite '\(path)': it is not a regular file.",
      fix: "Leave out --in-place to print the document instead.")
  }

  private static func failed(_ path: String, _ number: Int32) -> CommandError {
    .failed(
      "Cannot rewrite '\(path)': \(FileBytes.reason(number)). The file is unchanged.",
      fix: "Check the permissions of its directory and the free space on the disk.")
  }
}
