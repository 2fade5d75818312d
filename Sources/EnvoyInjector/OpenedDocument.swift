import LosslessJSON

/// A document that was read and made register-ready, before anything is taken out or injected.
struct OpenedDocument {
  var task: TaskDefinition
  var findings = Findings()

  /// - Throws: when the bytes are no strict JSON, or no task definition.
  init(_ bytes: [UInt8]) throws(InjectionError) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let hasMark = bytes.starts(with: mark)
    var document = try Self.scan(hasMark ? Array(bytes.dropFirst(mark.count)) : bytes)
    if hasMark { findings.add(.byteOrderMark, in: document) }
    RegisterForm().apply(to: &document)
    task = TaskDefinition(document)
    RequireTaskDefinition().check(task, &findings)
    if findings.hasErrors { throw .refused(findings.all) }
  }

  static func scan(_ bytes: [UInt8]) throws(InjectionError) -> Document {
    do throws(SyntaxError) {
      return try Document(bytes)
    } catch {
      throw .syntax(error)
    }
  }

  /// - Returns: whether there was an injection to take back.
  mutating func takeBack() throws(InjectionError) -> Bool {
    let found = TakeBack().apply(to: &task, &findings)
    if findings.hasErrors { throw .refused(findings.all) }
    return found
  }

  func injection(_ outcome: Injection.Outcome, output: [UInt8], edits: [Edit]) -> Injection {
    Injection(
      outcome: outcome, output: output, edits: edits, warnings: findings.all,
      family: task.text(.family), facts: [], bootstrap: nil)
  }
}

extension Finding.Message {
  fileprivate static let byteOrderMark = Self(.byteOrderMark)
}
