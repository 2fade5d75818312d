/// Printed bytes. Ranges that are adjacent in the document are copied in one step.
struct Output {
  private let source: [UInt8]
  private var bytes: [UInt8] = []
  /// The range of ``source`` to copy after ``bytes``.
  private var pending = 0..<0

  /// - Parameter source: the document's bytes.
  init(copying source: [UInt8], reserving count: Int) {
    self.source = source
    bytes.reserveCapacity(count)
  }

  mutating func copy(_ range: Range<Int>) {
    if range.lowerBound == pending.upperBound {
      pending = pending.lowerBound..<range.upperBound
    } else {
      flush()
      pending = range
    }
  }

  mutating func append(_ text: String) {
    if text.isEmpty { return }
    flush()
    text.withBytes { bytes.append(contentsOf: $0) }
  }

  private mutating func flush() {
    if !pending.isEmpty {
      source.withUnsafeBufferPointer {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[pending]))
      }
    }
    pending = pending.upperBound..<pending.upperBound
  }

  /// - Returns: all printed bytes.
  mutating func finished() -> [UInt8] {
    flush()
    return bytes
  }
}
