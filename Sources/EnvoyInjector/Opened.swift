import LosslessJSON

/// A document that was read and made register-ready, before anything is injected.
struct Opened {
  var task: TaskDefinition
  var findings: Findings

  /// - Returns: whether there was an injection to take back.
  mutating func takeBack() throws(InjectionError) -> Bool {
    let found = TakeBack().apply(to: &task, &findings)
    if findings.hasErrors { throw .refused(findings.all) }
    return found
  }

  func injection(
    _ outcome: Injection.Outcome, output: [UInt8], edits: [Edit]
  ) -> Injection {
    Injection(
      outcome: outcome, output: output, edits: edits, warnings: findings.all,
      family: task.text(.family), facts: [])
  }
}

/// Reads documents.
struct Uninjector {
  /// - Throws: when the bytes are no JSON, or no task definition.
  func open(_ bytes: [UInt8]) throws(InjectionError) -> Opened {
    var findings = Findings()
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let hasMark = bytes.starts(with: mark)
    var document = try Self.scan(hasMark ? Array(bytes.dropFirst(mark.count)) : bytes)
    if hasMark { findings.warn(.byteOrderMark, in: document) }
    RegisterForm().apply(to: &document)
    let task = TaskDefinition(document)
    RequireTaskDefinition().check(task, &findings)
    if findings.hasErrors { throw .refused(findings.all) }
    return Opened(task: task, findings: findings)
  }

  static func scan(_ bytes: [UInt8]) throws(InjectionError) -> Document {
    do throws(SyntaxError) {
      return try Document(bytes)
    } catch {
      throw .syntax(error)
    }
  }
}

extension Finding.Message {
  fileprivate static let byteOrderMark = Self(
    "byte-order-mark", "the document begins with a byte order mark, which is dropped",
    fix: "save it as UTF-8 without a byte order mark")
}
