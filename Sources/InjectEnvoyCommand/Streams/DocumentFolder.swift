import Glibc
import LosslessJSON

/// A directory that gets a file for each document of a run. Each file is the old or the new one, never a
/// part. A symbolic link in the directory is neither followed nor replaced.
final class DocumentFolder {
  private let path: String
  private let isDryRun: Bool
  /// -1 in a dry run.
  private let descriptor: Int32
  /// The files of this run.
  private var names: Set<String> = []

  /// Creates the directory if it is missing; its parent must exist. A dry run creates and writes nothing.
  init(_ path: String, isDryRun: Bool) throws(CommandError) {
    self.path = path
    self.isDryRun = isDryRun
    guard !isDryRun else {
      descriptor = -1
      return
    }
    let isThere = mkdir(path, 0o777) == 0 || errno == EEXIST
    descriptor = isThere ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1
    guard descriptor >= 0 else { throw failed(errno) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The name of a document's file.
  ///
  /// - Throws: if the family cannot name a file, or another document of this run has it.
  func name(for document: [UInt8], family: String?) throws(Problem) -> String {
    guard let family else {
      throw .failed(
        "The document has no family, which would name its file in '\(path)'.",
        fix: "Add a family, or print the document to standard output.")
    }
    guard Self.isFamily(family) else {
      throw .failed(
        "The family '\(family)' cannot name a file. ECS accepts 1 to 255 letters, digits, - and _.",
        fix: "Change the family, or print the document to standard output.")
    }
    let first = document.first { $0 > 0x20 }
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    let name = family + (isJSON ? ".json" : ".yaml")
    guard names.insert(name).inserted else {
      throw .failed(
        "An earlier document of this run has the family '\(family)' too and takes the file.",
        fix: "Give one document of each family.")
    }
    return name
  }

  /// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html>
  private static func isFamily(_ text: String) -> Bool {
    (1...255).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  /// Writes a file under a temporary name, and renames it.
  func write(_ bytes: [UInt8], to name: String) throws(CommandError) {
    guard !isDryRun else { return }
    var status = stat()
    if fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
      status.st_mode & S_IFMT != S_IFREG
    {
      throw .failed(
        "Cannot write '\(path)/\(name)': there is something that is not a regular file.",
        fix: "Remove it, or choose another directory.")
    }
    let signals = SignalMask()
    defer { signals.restore() }
    let temporary = ".inject-envoy.\(getpid())"
    let file = openat(
      descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failed(errno, name) }
    var problem = FileBytes.write(bytes, to: file)
    if problem == 0, fsync(file) != 0 { problem = errno }
    if close(file) != 0, problem == 0 { problem = errno }
    if problem == 0, renameat(descriptor, temporary, descriptor, name) != 0 { problem = errno }
    guard problem == 0 else {
      unlinkat(descriptor, temporary, 0)
      throw failed(problem, name)
    }
  }

  private func failed(_ number: Int32, _ name: String? = nil) -> CommandError {
    .failed(
      "Cannot write '\(path)\(name.map { "/\($0)" } ?? "")': \(FileBytes.reason(number)).",
      fix: "Check that its directory exists, its permissions, and the free space on the disk.")
  }
}
