import LosslessJSON

/// A document that was read and made register-ready, before anything is taken out or injected.
struct OpenedDocument {
  var task: TaskDefinition
  var findings = Findings()
  /// How many bytes of the input stand before the document: a byte order mark.
  private let skipped: Int

  /// - Throws: when the bytes are no strict JSON, or no task definition.
  init(_ bytes: [UInt8]) throws(InjectionError) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    skipped = bytes.starts(with: mark) ? mark.count : 0
    var document = try Self.scan(bytes, from: skipped)
    if skipped > 0 { findings.add(.byteOrderMark, in: document) }
    RegisterForm().apply(to: &document)
    task = TaskDefinition(document)
    RequireTaskDefinition().check(task, &findings)
    if findings.hasErrors { throw .refused(located(findings)) }
  }

  static func scan(_ bytes: [UInt8], from start: Int = 0) throws(InjectionError) -> Document {
    do throws(SyntaxError) {
      return try Document(start == 0 ? bytes : Array(bytes[start...]))
    } catch {
      throw .syntax(SyntaxError(error.reason, at: error.offset + start))
    }
  }

  /// The findings with their places in the input; those in what filters added get the place of the
  /// closest container that was read.
  func located(_ findings: Findings) -> [Finding] {
    findings.all.map { finding in
      var tokens = finding.pointer.tokens
      var node = task.document.node(at: finding.pointer)
      while node == nil, !tokens.isEmpty {
        tokens.removeLast()
        node = task.document.node(at: JSONPointer(tokens))
      }
      var located = finding
      located.offset = skipped + task.document.offset(of: node ?? task.root)
      return located
    }
  }

  /// - Returns: whether there was an injection to take back.
  mutating func takeBack() throws(InjectionError) -> Bool {
    let found = TakeBack().apply(to: &task, &findings)
    if findings.hasErrors { throw .refused(located(findings)) }
    return found
  }

  /// - Returns: whether there was anything of another's Envoy to take out.
  mutating func takeOutForeign() throws(InjectionError) -> Bool {
    let found = TakeOutForeign().apply(to: &task, &findings)
    if findings.hasErrors { throw .refused(located(findings)) }
    return found
  }

  func injection(
    _ outcome: Injection.Outcome, output: [UInt8], edits: [Edit], _ warnings: [Finding]
  ) -> Injection {
    Injection(
      outcome: outcome, output: output, edits: edits, warnings: warnings,
      family: task.text(.family), facts: [], bootstrap: nil)
  }

  /// The document as it was read: nothing that was found in it has come to pass.
  func passing(_ bytes: [UInt8], _ outcome: Injection.Outcome) -> Injection {
    injection(outcome, output: bytes, edits: [], [])
  }
}

extension Finding.Message {
  fileprivate static let byteOrderMark = Self(.byteOrderMark)
}
