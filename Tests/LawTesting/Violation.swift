/// A law that a document violates.
public struct Violation: Error, Hashable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }

  /// - Throws: a violation if the condition is false.
  public static func unless(_ condition: Bool, _ law: @autoclosure () -> String) throws(Violation) {
    if !condition { throw Violation(law()) }
  }

  /// Requires two texts to have equal bytes. The violation shows the first difference.
  public static func unlessSame(_ one: [UInt8], _ other: [UInt8], _ law: String) throws(Violation) {
    guard one != other else { return }
    let start = zip(one, other).prefix { $0 == $1 }.count
    let from = max(0, start - 60)
    let actual = String(decoding: one[from..<min(one.count, start + 60)], as: UTF8.self)
    let expected = String(decoding: other[from..<min(other.count, start + 60)], as: UTF8.self)
    throw Violation("\(law), but at byte \(start) stands\n\(actual)\nnot\n\(expected)")
  }
}

extension Optional {
  /// - Throws: a violation if there is no value.
  public func required(_ law: @autoclosure () -> String) throws(Violation) -> Wrapped {
    guard let self else { throw Violation(law()) }
    return self
  }
}
