import LosslessJSON
import Testing

@testable import EnvoyInjector

/// What holds for every document and all options.
struct Laws {
  let injector: Injector
  /// Whether another's Envoy is taken out: uninject does not bring it back.
  var replacesForeign = false

  /// Checks every law on one document.
  ///
  /// - Returns: the injection; `nil` when the document is refused.
  @discardableResult
  func check(_ input: [UInt8], _ name: String) -> Injection? {
    let injection: Injection
    do {
      injection = try injector.inject(input)
    } catch {
      expectActionable(error, name)
      return nil
    }
    let again = try? injector.inject(input)
    #expect(again == injection, "\(name): same input, same output")
    guard injection.outcome != .optedOut else {
      #expect(injection.output == input, "\(name): an opted-out document passes unchanged")
      return injection
    }
    guard expectJSON(injection.output, name) else { return injection }
    do {
      try expectIdempotence(injection, name)
      try expectWayBack(input, injection, name)
      try expectEdits(input, injection, name)
      expectCheckPasses(injection, name)
    } catch {
      Issue.record("\(name): \(error)")
    }
    return injection
  }

  private func expectActionable(_ error: InjectionError, _ name: String) {
    switch error {
    case .syntax(let error): #expect(!error.message.isEmpty, "\(name)")
    case .options(let error): #expect(!error.message.fix.isEmpty, "\(name)")
    case .refused(let findings):
      #expect(findings.contains { $0.severity == .error }, "\(name): refused without an error")
      for finding in findings {
        #expect(!finding.message.text.isEmpty && !finding.message.fix.isEmpty, "\(name)")
      }
    }
  }

  private func expectJSON(_ output: [UInt8], _ name: String) -> Bool {
    do {
      _ = try Document(output)
      return true
    } catch {
      let position = TextPosition(of: error.offset, in: output)
      Issue.record("\(name): the output is no JSON: \(error.message)\n\(position.excerpt)")
      return false
    }
  }

  private func expectCheckPasses(_ injection: Injection, _ name: String) {
    let check = injector.check(injection.output)
    #expect(check.state == .current, "\(name): check passes on what inject printed")
    let errors = check.findings.filter { $0.severity == .error }
    #expect(errors == [], "\(name): check passes on what inject printed")
  }

  private func expectIdempotence(_ injection: Injection, _ name: String) throws {
    let twice = try injector.inject(injection.output)
    expectSame(twice.output, injection.output, "\(name): inject∘inject = inject")
    #expect(twice.outcome == .upToDate, "\(name)")
    #expect(twice.edits.isEmpty, "\(name)")
  }

  private func expectWayBack(_ input: [UInt8], _ injection: Injection, _ name: String) throws {
    let back = try Injector.uninject(injection.output)
    let plain = try Self.plain(input, foreign: replacesForeign)
    expectSame(back.output, plain, "\(name): uninject∘inject = the input")
    #expect(back.outcome == .uninjected, "\(name)")
    #expect(back.warnings == [], "\(name)")
    try expectEditsLead(from: injection.output, to: back, name)
  }

  /// Where nothing was replaced or removed, the input is the output without the insertions.
  private func expectEdits(_ input: [UInt8], _ injection: Injection, _ name: String) throws {
    try expectEditsLead(from: input, to: injection, name)
    guard injection.edits.allSatisfy({ $0.operation == "add" }) else { return }
    let plain = Self.withoutBlanksInBrackets(try Self.plain(input))
    var matched = 0
    for byte in injection.output where matched < plain.count && plain[matched] == byte {
      matched += 1
    }
    #expect(matched == plain.count, "\(name): a byte of the input is gone")
  }

  private func expectEditsLead(
    from input: [UInt8], to injection: Injection, _ name: String
  ) throws {
    let document = try Document(Self.withoutMark(input))
    let reached = try EditOracle.apply(injection.edits, to: document.value(document.root))
    let output = try Document(injection.output)
    let isReached = reached.sorted == output.value(output.root).sorted
    #expect(isReached, "\(name): the edits lead to the output")
  }

  /// What uninject has to give back: the document without our mark, in register form.
  static func plain(_ input: [UInt8], foreign: Bool = false) throws -> [UInt8] {
    let uninjected = try Injector.uninject(input, foreign: foreign)
    if uninjected.outcome == .uninjected { return uninjected.output }
    let document = try OpenedDocument(input).task.document
    guard !document.edits.isEmpty else { return withoutMark(input) }
    return document.rendered()
  }

  /// White space inside an empty container gives way to what is put there; the ledger keeps it.
  private static func withoutBlanksInBrackets(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for byte in bytes {
      let blanks = result.reversed().prefix { $0 <= 0x20 }.count
      let open = result.dropLast(blanks).last
      let closes = (open == 0x5B && byte == 0x5D) || (open == 0x7B && byte == 0x7D)
      if closes { result.removeLast(blanks) }
      result.append(byte)
    }
    return result
  }

  private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }
}

/// Compares texts by bytes and shows the place where they part.
func expectSame(
  _ one: [UInt8], _ other: [UInt8], _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard one != other else { return }
  let start = zip(one, other).prefix { $0 == $1 }.count
  let from = max(0, start - 60)
  let actual = String(decoding: one[from..<min(one.count, start + 60)], as: UTF8.self)
  let expected = String(decoding: other[from..<min(other.count, start + 60)], as: UTF8.self)
  Issue.record(
    "\(what), but at byte \(start) stands\n\(actual)\nnot\n\(expected)",
    sourceLocation: sourceLocation)
}
