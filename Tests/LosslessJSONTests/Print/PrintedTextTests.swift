import LosslessJSON
import Testing

/// The text of a large document is printed in pieces.
@Suite struct PrintedTextTests {
  private static let reason = Edit.Reason(filter: "text", "a test asks for it")

  /// - Parameter count: the number of elements, of 20 bytes each.
  private static func document(_ count: Int) throws -> Document {
    let elements = (0..<count).map { "{\"number\": \($0 + 1_000_000)}" }
    var document = try Document(Array("[\n\(elements.joined(separator: ",\n"))\n]\n".utf8))
    for element in document.elements(of: document.root).enumerated()
    where element.offset.isMultiple(of: 1000) {
      document.set("added", to: "é", in: element.element, because: reason)
    }
    return document
  }

  @Test(arguments: [(1000, true), (60_000, false)])
  func piecesAreTheText(count: Int, isKept: Bool) throws {
    let document = try Self.document(count)
    let text = PrintedText(of: document)
    #expect(text.isKept == isKept)
    let pieces = Pieces()
    text.forEachPiece { pieces.take($0) }
    #expect(pieces.all.flatMap(\.self) == document.rendered())
    #expect(pieces.all.count == (isKept ? 1 : 2))
    #expect(pieces.all.allSatisfy { $0.count < 1_100_000 })
    #expect(text.bytes == document.rendered())
  }

  @Test func stopsWhenNobodyWantsMore() throws {
    let text = PrintedText(of: try Self.document(60_000))
    let pieces = Pieces(wanted: 1)
    text.forEachPiece { pieces.take($0) }
    #expect(pieces.all.count == 1)
  }

  @Test(arguments: [1000, 60_000])
  func isComparedWithBytes(count: Int) throws {
    let document = try Self.document(count)
    let text = PrintedText(of: document)
    let bytes = document.rendered()
    #expect(text == bytes)
    #expect(!(text == bytes.dropLast()))
    #expect(!(text == bytes + [0x20]))
    #expect(!(text == []))
    var other = bytes
    other[bytes.count / 2] ^= 1
    #expect(!(text == other))
  }

  private final class Pieces {
    private(set) var all: [[UInt8]] = []
    private let wanted: Int

    init(wanted: Int = .max) { self.wanted = wanted }

    func take(_ piece: [UInt8]) -> Bool {
      all.append(piece)
      return all.count < wanted
    }
  }
}
