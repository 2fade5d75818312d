/// What some programs write before UTF-8. It belongs to the file, not to the document in it.
package enum ByteOrderMark {
  package static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Where the document begins: behind the mark, or behind several, as in concatenated files.
  package static func end(in text: [UInt8]) -> Int {
    var end = 0
    while text[end...].starts(with: bytes) { end += bytes.count }
    return end
  }

  package static func removed(from text: [UInt8]) -> [UInt8] {
    let end = end(in: text)
    return end == 0 ? text : Array(text[end...])
  }
}
