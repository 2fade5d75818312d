/// Printed bytes. Ranges that are adjacent in the document are copied in one step.
struct Output {
  private let source: [UInt8]
  private var bytes: [UInt8] = []
  /// The range of ``source`` to copy after ``bytes``.
  private var pending = 0..<0
  /// Receives the bytes in pieces, and returns whether it wants the next one. If it is `nil`, all bytes are kept.
  private let take: (([UInt8]) -> Bool)?
  /// Whether ``take`` wants no more pieces.
  private(set) var isStopped = false

  /// The size of a piece in bytes.
  private static let pieceSize = 1 << 20

  /// - Parameter source: the document's bytes.
  init(copying source: [UInt8], reserving count: Int) {
    self.source = source
    take = nil
    bytes.reserveCapacity(count)
  }

  /// - Parameter source: the document's bytes.
  init(copying source: [UInt8], to take: @escaping ([UInt8]) -> Bool) {
    self.source = source
    self.take = take
    bytes.reserveCapacity(Self.pieceSize)
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
      if take == nil { copyPending() } else { passOn() }
    }
    pending = pending.upperBound..<pending.upperBound
  }

  private mutating func copyPending() {
    source.withUnsafeBufferPointer {
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[pending]))
    }
  }

  /// Copies the pending range piece by piece.
  private mutating func passOn() {
    let end = pending.upperBound
    while pending.lowerBound < end, !isStopped {
      let next = min(end, pending.lowerBound + max(1, Self.pieceSize - bytes.count))
      pending = pending.lowerBound..<next
      copyPending()
      pending = next..<end
      if bytes.count >= Self.pieceSize { emit() }
    }
  }

  private mutating func emit() {
    guard let take, !isStopped else { return }
    isStopped = !take(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// - Returns: all printed bytes, or none if they were passed on in pieces.
  mutating func finished() -> [UInt8] {
    flush()
    emit()
    return bytes
  }
}
