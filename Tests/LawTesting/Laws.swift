public import EnvoyInjector
import LosslessJSON
import LosslessYAML
import TaskDefinitions

/// The laws that hold for every document and all options.
public struct Laws {
  private let injector: Injector
  private let replacesForeign: Bool

  /// - Parameter replacesForeign: whether the injector removes a foreign Envoy, which uninject does not
  /// restore.
  public init(injector: Injector, replacesForeign: Bool = false) {
    self.injector = injector
    self.replacesForeign = replacesForeign
  }

  /// The expected result of uninject: the document in register form, without our mark.
  ///
  /// - Parameter foreign: whether a foreign Envoy is removed too.
  public static func plain(_ input: [UInt8], foreign: Bool = false) throws -> [UInt8] {
    let uninjected = try Injector.uninject(input, foreign: foreign)
    if uninjected.outcome == .uninjected { return uninjected.output }
    return uninjected.read.edits.isEmpty ? withoutMark(input) : uninjected.read.rendered()
  }

  private func plain(_ input: [UInt8]) throws -> [UInt8] {
    try Self.plain(input, foreign: replacesForeign)
  }

  /// Checks every law on one document.
  ///
  /// - Returns: the injection, or `nil` if the document is rejected.
  /// - Throws: the first violated law.
  @discardableResult
  public func check(_ input: [UInt8]) throws -> Injection? {
    let injection: Injection
    do {
      injection = try injector.inject(input)
    } catch {
      try checkActionable(error, about: input)
      return nil
    }
    let again = try? injector.inject(input)
    try Violation.unless(again == injection, "same input, same output")
    guard ![.optedOut, .noTaskDefinition].contains(injection.outcome) else {
      try Violation.unlessSame(
        injection.output, input, "a document without a task to inject passes unchanged")
      return injection
    }
    try checkIdempotence(injection)
    try checkWayBack(input, injection)
    try checkEdits(input, injection)
    try checkCheck(injection)
    return injection
  }

  private func checkActionable(_ error: InjectionError, about input: [UInt8]) throws {
    switch error {
    case .syntax(let problem):
      let isActionable =
        !problem.text.description.isEmpty && !problem.fix.description.isEmpty
        && 0...input.count ~= problem.offset
      try Violation.unless(isActionable, "errors say what, where, and how to fix it")
    case .options(let error):
      try Violation.unless(!error.fix.description.isEmpty, "errors say how to fix it")
    case .refused(let findings):
      try Violation.unless(
        findings.contains { $0.severity == .error }, "no refusal without an error")
      for finding in findings {
        let isActionable = !finding.text.description.isEmpty && !finding.fix.description.isEmpty
        try Violation.unless(isActionable, "findings say what, and how to fix it")
        let isListed = Rule.named(finding.code) != nil
        try Violation.unless(isListed, "every finding is in the catalogue")
        try Violation.unless(0...input.count ~= finding.offset, "findings say where")
      }
    }
  }

  private func checkCheck(_ injection: Injection) throws {
    let check = injector.check(injection.output)
    let errors = check.findings.filter { $0.severity == .error }
    try Violation.unless(
      check.state == .current && errors.isEmpty,
      "check passes on what inject printed, but says \(check.state): "
        + (errors + check.obstacles).map { "[\($0.code)] \($0.text.description)" }
        .joined(separator: "; "))
  }

  private func checkIdempotence(_ injection: Injection) throws {
    let twice = try injector.inject(injection.output)
    try Violation.unlessSame(twice.output, injection.output, "inject∘inject = inject")
    try Violation.unless(twice.outcome == .upToDate, "injected twice is up to date")
    try Violation.unless(twice.edits.isEmpty, "injecting twice edits nothing")
  }

  private func checkWayBack(_ input: [UInt8], _ injection: Injection) throws {
    let back = try Injector.uninject(injection.output, patches: injector.patches)
    try Violation.unlessSame(back.output, try plain(input), "uninject∘inject = the input")
    try Violation.unless(back.outcome == .uninjected, "what was injected can be uninjected")
    try Violation.unless(back.warnings.isEmpty, "uninject finds all that inject added")
    try checkEditsLead(from: injection.output, to: back)
  }

  /// If nothing was replaced or removed, the output without the insertions is the input.
  private func checkEdits(_ input: [UInt8], _ injection: Injection) throws {
    try checkEditsLead(from: input, to: injection)
    guard Self.isJSON(input), injection.edits.allSatisfy({ $0.operation == "add" }) else { return }
    let plain = Self.withoutBlanksInBrackets(try plain(input))
    var matched = 0
    for byte in injection.output where matched < plain.count && plain[matched] == byte {
      matched += 1
    }
    try Violation.unless(matched == plain.count, "a byte of the input is gone")
  }

  private func checkEditsLead(from input: [UInt8], to injection: Injection) throws {
    let reached = try EditOracle.apply(injection.edits, to: Self.value(Self.withoutMark(input)))
    let output = try Self.value(injection.output)
    try Violation.unless(reached.sorted == output.sorted, "the edits lead to the output")
  }

  /// The value of an input, which is JSON or a YAML template.
  private static func value(_ bytes: [UInt8]) throws -> JSONValue {
    let document = try isJSON(bytes) ? Document(bytes) : Document(yaml: bytes)
    return document.value(document.root)
  }

  private static func isJSON(_ bytes: [UInt8]) -> Bool {
    let first = withoutMark(bytes).first { $0 > 0x20 }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  /// Removes white space inside empty containers. Injection replaces it by values, and the ledger stores it.
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

  public static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }
}
