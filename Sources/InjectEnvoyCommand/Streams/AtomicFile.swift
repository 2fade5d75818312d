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
      temporary = try AtomicFile.temporary(bytes, beside: resolved, of: path) { descriptor in
        // Only root can change the owner, and only root rewrites files of others.
        _ = fchown(descriptor, status.st_uid, status.st_gid)
        return fchmod(descriptor, status.st_mode & 0o7777) == 0 ? 0 : errno
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

  /// Creates the file, or replaces its content like ``replace(_:with:)``.
  static func write(_ bytes: [UInt8], to path: String) throws(CommandError) {
    var status = stat()
    guard stat(path, &status) != 0 else { return try replace(path, with: bytes) }
    let signals = SignalMask()
    defer { signals.restore() }
    let mask = umask(0)
    umask(mask)
    let temporary = try temporary(bytes, beside: path, of: path, isNew: true) { descriptor in
      fchmod(descriptor, 0o666 & ~mask) == 0 ? 0 : errno
    }
    guard rename(temporary, path) == 0 else {
      let number = errno
      unlink(temporary)
      throw failed(path, number, isNew: true)
    }
  }

  /// Writes a content beside its file, and forces it to the disk.
  ///
  /// - Parameters:
  ///   - name: the path that an error names.
  ///   - prepare: sets the attributes of the new file, and returns 0 or an error number.
  /// - Returns: the path of the new file.
  private static func temporary(
    _ bytes: [UInt8], beside path: String, of name: String, isNew: Bool = false,
    _ prepare: (Int32) -> Int32
  ) throws(CommandError) -> String {
    let (descriptor, temporary) = newFile(beside: path)
    guard descriptor >= 0 else { throw failed(name, errno, isNew: isNew) }
    var problem = FileBytes.write(bytes, to: descriptor)
    if problem == 0 { problem = prepare(descriptor) }
    if problem == 0, fsync(descriptor) != 0 { problem = errno }
    if close(descriptor) != 0, problem == 0 { problem = errno }
    guard problem == 0 else {
      unlink(temporary)
      throw failed(name, problem, isNew: isNew)
    }
    return temporary
  }

  /// Creates an empty file in the directory of another.
  ///
  /// - Returns: its descriptor, or -1 with `errno`, and its path.
  static func newFile(beside path: String) -> (descriptor: Int32, path: String) {
    var template = Array((path + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return (descriptor, "") }
    let bytes = template.dropLast().map { UInt8(bitPattern: $0) }
    return (descriptor, String(decoding: bytes, as: UTF8.self))
  }

  static func notRegular(_ path: String) -> CommandError {
    .failed(
      "Cannot rewrite '\(path)': it is not a regular file.",
      fix: "Give a regular file, or print the document instead.")
  }

  static func failed(_ path: String, _ number: Int32, isNew: Bool = false) -> CommandError {
    let (verb, state) = isNew ? ("write", "") : ("rewrite", " The file is unchanged.")
    return .failed(
      "Cannot \(verb) '\(path)': \(FileBytes.reason(number)).\(state)",
      fix: "Check the permissions of its directory and the free space on the disk.")
  }
}
