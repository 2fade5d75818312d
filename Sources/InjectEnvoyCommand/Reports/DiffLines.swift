import LosslessJSON

/// The lines of a text to compare, with their line ends. Keeps only where they begin, because a large text has millions.
struct DiffLines: RandomAccessCollection {
  private let bytes: [UInt8]
  /// The offset of each line's first byte, and the length of the text.
  private let starts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    bytes.withUnsafeBufferPointer { text in
      while let start = starts.last, start < text.count {
        starts.append(text.firstLineEnd(from: start))
      }
    }
    self.starts = starts
  }

  var startIndex: Int { 0 }
  var endIndex: Int { starts.count - 1 }

  subscript(line: Int) -> ArraySlice<UInt8> { bytes[starts[line]..<starts[line + 1]] }
}
