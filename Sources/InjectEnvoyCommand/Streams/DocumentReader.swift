import Glibc
import LosslessJSON

/// Reads the documents of one file, one after another. It keeps one document of a stream in memory,
/// and a part of the next.
struct DocumentReader: ~Copyable {
  /// Bytes per read.
  private static let chunkSize = 1 << 18

  private let file: OpenFile
  private var splitter: DocumentSplitter
  private var isAtEnd = false
  private var isAtStart = true
  /// Whether the file can hold several documents; `nil` until its first byte is read. A file that
  /// begins with neither a brace nor a bracket is one document: a template in YAML.
  private var isStream: Bool?

  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - framing: with `lines`, every line is a document, and the file is a stream.
  init(
    _ path: String, _ streams: Streams, framing: DocumentSplitter.Framing = .brackets
  ) throws(CommandError) {
    splitter = DocumentSplitter(framing: framing)
    isStream = framing == .lines ? true : nil
    file = try OpenFile(path, streams)
  }

  /// Waits for a document, and returns it with those that were read with it. The first one is a batch of
  /// its own, because the warnings that it reports are not worded again for the others.
  ///
  /// - Returns: an empty array at the end.
  mutating func nextBatch() throws(CommandError) -> [DocumentSplitter.Piece] {
    guard let first = try next() else { return [] }
    var batch = [first]
    if isAtStart {
      isAtStart = false
      return batch
    }
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
