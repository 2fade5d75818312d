import LawTesting
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

extension Laws {
  /// Records the first law that the document violates.
  ///
  /// - Returns: the injection, or `nil` if the document is rejected or violates a law.
  @discardableResult
  func check(_ input: [UInt8], _ name: String) -> Injection? {
    do {
      return try check(input)
    } catch {
      Issue.record("\(name): \(error)")
      return nil
    }
  }
}

/// Records the first difference between two texts.
func expectSame(
  _ one: [UInt8], _ other: [UInt8], _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  do {
    try Violation.unlessSame(one, other, what)
  } catch {
    Issue.record("\(error)", sourceLocation: sourceLocation)
  }
}
