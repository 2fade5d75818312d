/// The text of a document with its edits. The text of a large document is not kept, but printed again in pieces
/// whenever it is read, because it takes as much memory as the document.
public struct PrintedText: Sendable {
  private enum Storage {
    case bytes([UInt8])
    case document(Document)
  }

  private let storage: Storage

  /// The ``Document/byteCount`` from which a document is large.
  private static let largeDocument = 1 << 20

  public init(_ bytes: [UInt8]) { storage = .bytes(bytes) }

  public init(of document: Document) {
    let isLarge = document.byteCount >= Self.largeDocument && document.canPrintInPieces
    storage = isLarge ? .document(document) : .bytes(document.rendered())
  }

  /// Whether the bytes are in memory.
  public var isKept: Bool {
    switch storage {
    case .bytes: true
    case .document: false
    }
  }

  public var bytes: [UInt8] {
    switch storage {
    case .bytes(let bytes): bytes
    case .document(let document): document.rendered()
    }
  }

  /// Passes the text to `take`. A large document is passed in pieces of about 1 MiB.
  ///
  /// - Parameter take: returns whether it wants the next piece.
  public func forEachPiece(_ take: @escaping ([UInt8]) -> Bool) {
    switch storage {
    case .bytes(let bytes): _ = take(bytes)
    case .document(let document): document.print(to: take)
    }
  }

  public static func == (text: PrintedText, bytes: [UInt8]) -> Bool {
    guard case .document(let document) = text.storage else { return text.bytes == bytes }
    let comparison = Comparison(with: bytes)
    document.print(to: comparison.take)
    return comparison.isEqual
  }
}

/// Compares the pieces of a text with its expected bytes.
private final class Comparison {
  private let expected: [UInt8]
  private var position = 0
  private var isSame = true

  init(with expected: [UInt8]) { self.expected = expected }

  var isEqual: Bool { isSame && position == expected.count }

  func take(_ piece: [UInt8]) -> Bool {
    isSame = expected[position...].starts(with: piece)
    position += piece.count
    return isSame
  }
}
