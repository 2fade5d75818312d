/// What some programs write before UTF-8. It belongs to the file, not to the document in it.
package enum ByteOrderMark {
  package static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Where the document begins: behind the mark, if there is one.
  package static func end(in text: [UInt8]) -> Int {
    text.starts(with: bytes) ? bytes.count : 0
  }

  package static func removed(from text: [UInt8]) -> [UInt8] {
    let end = end(in: text)
    return end == 0 ? text : Array(text[end...])
  }
}
