/// A member's name that is looked for often: what finds it is worked out once.
///
/// Names are few and belong to a program, not to its input: their bytes are never freed.
public struct MemberName: @unchecked Sendable {
  /// Immutable from the start, which the compiler can't know.
  let bytes: UnsafeRawBufferPointer
  let fingerprint: UInt32

  public init(_ text: String) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
    copy.copyBytes(from: text.utf8)
    bytes = UnsafeRawBufferPointer(copy)
    fingerprint = Fingerprint.of(bytes)
  }

  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
