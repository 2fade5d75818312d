import LawTesting
import LosslessJSON

/// A stream that arrives at once, and in pieces whose size is the first byte.
struct Streaming {
  private let stream: [UInt8]
  private let size: Int

  init(_ input: [UInt8]) {
    stream = Array(input.dropFirst())
    size = Int(input.first ?? 0) + 1
  }

  func check() throws {
    let whole = pieces(of: max(stream.count, 1))
    try Violation.unlessSame(whole.flatMap(\.bytes), stream, "the pieces are the stream")
    let parts = pieces(of: size)
    try Violation.unless(
      whole.map(\.bytes) == parts.map(\.bytes), "how a stream comes makes no difference")
    try Violation.unless(whole.map(\.line) == parts.map(\.line), "nor for the lines")
    for piece in whole where whole.count > 1 {
      guard let document = try? Document(piece.bytes) else { continue }
      try Violation.unlessSame(document.rendered(), piece.bytes, "a piece is a document")
    }
  }

  private func pieces(of size: Int) -> [DocumentSplitter.Piece] {
    var splitter = DocumentSplitter()
    var pieces: [DocumentSplitter.Piece] = []
    for start in stride(from: 0, to: stream.count, by: size) {
      splitter.append(Array(stream[start..<min(start + size, stream.count)]))
      while let piece = splitter.next(isEnd: false) { pieces.append(piece) }
    }
    while let piece = splitter.next(isEnd: true) { pieces.append(piece) }
    return pieces
  }
}
