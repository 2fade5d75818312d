import LawTesting
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

extension Laws {
  /// Records the first law that the document breaks.
  ///
  /// - Returns: the injection; `nil` when the document is refused or breaks a law.
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

/// Records where two texts part.
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
