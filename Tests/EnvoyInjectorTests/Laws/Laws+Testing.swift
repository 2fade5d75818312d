import LawTesting
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

extension Laws {
  /// - Parameter replacesForeign: another's Envoy is taken out, and uninject does not bring it back.
  init(injector: Injector, replacesForeign: Bool = false) {
    self.init(injector: injector) { try Self.plain($0, foreign: replacesForeign) }
  }

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

  /// What uninject has to give back: the document without our mark, in register form.
  static func plain(_ input: [UInt8], foreign: Bool = false) throws -> [UInt8] {
    let uninjected = try Injector.uninject(input, foreign: foreign)
    if uninjected.outcome == .uninjected { return uninjected.output }
    let opened = try OpenedDocument(input)
    guard !opened.task.document.edits.isEmpty else { return withoutMark(input) }
    return opened.rendered(opened.task.document)
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
