import Glibc
import LosslessJSON

/// The documents of one file, one after another: of a stream no more is kept than one document
/// and a little of what follows.
struct DocumentReader: ~Copyable {
  /// Bytes that are asked for at once.
  private static let chunkSize = 1 << 18

  private let file: OpenFile
  private var splitter = DocumentSplitter()
  private var isAtEnd = false
  /// What begins with neither a brace nor a bracket is one document: a template in YAML.
  private var isStream: Bool?

  /// - Parameter path: `-` is standard input.
  init(_ path: String, _ streams: Streams) throws(CommandError) {
    file = try OpenFile(path, streams)
  }

  /// Waits for a document, and takes along those that have come with it.
  ///
  /// - Returns: none at the end.
  mutating func nextBatch() throws(CommandError) -> [DocumentSplitter.Piece] {
    guard let first = try next() else { return [] }
    var batch = [first]
    while isStream != false, let piece = splitter.next(isEnd: isAtEnd) { batch.append(piece) }
    return batch
  }

  /// - Returns: `nil` at the end.
  private mutating func next() throws(CommandError) -> DocumentSplitter.Piece? {
    while true {
      if isStream != false, let piece = splitter.next(isEnd: isAtEnd) { return piece }
      if isAtEnd { return isStream == false ? splitter.takeRest() : nil }
      guard splitter.pendingCount <= FileBytes.maximumDocument else { throw file.tooLarge }
      let bytes = try file.read(atMost: Self.chunkSize)
      isAtEnd = bytes.isEmpty
      if isStream == nil,
        let first = bytes.first(where: { $0 > 0x20 && !ByteOrderMark.bytes.contains($0) })
      {
        isStream = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
      }
      splitter.append(bytes)
    }
  }
}
