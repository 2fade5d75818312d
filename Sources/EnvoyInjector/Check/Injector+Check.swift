import LosslessJSON

extension Injector {
  /// Lints a document, whoever wrote its Envoy, and says what injecting would do to it.
  ///
  /// - Parameter bytes: a task definition as JSON in UTF-8.
  public func check(_ bytes: [UInt8]) -> DocumentCheck {
    let opened: OpenedDocument
    do throws(InjectionError) {
      opened = try OpenedDocument(bytes)
    } catch {
      let findings = error.findings
      return DocumentCheck(
        state: .notInjectable, family: nil, findings: findings, obstacles: findings)
    }
    var findings = opened.findings
    LintedTask(opened.task).check(Lint.all, &findings)
    let (state, obstacles) = state(of: opened, bytes)
    // A label that can't be used is the document's own fault, which no lint sees.
    let labels = obstacles.filter { $0.message.rule == .wrongLabel }
    return DocumentCheck(
      state: state, family: opened.task.text(.family),
      findings: opened.located(findings) + labels, obstacles: obstacles)
  }

  private func state(
    of opened: OpenedDocument, _ bytes: [UInt8]
  ) -> (DocumentCheck.State, [Finding]) {
    if opened.task.isOptedOut { return (.optedOut, []) }
    if opened.task.isGateway { return (.gateway, []) }
    do throws(InjectionError) {
      let injection = try inject(bytes)
      guard !TakeBack.markedContainers(opened.task).isEmpty else { return (.notInjected, []) }
      let isCurrent =
        injection.outcome == .upToDate || opened.isSame(as: injection.output)
      return (isCurrent ? .current : .outdated, [])
    } catch {
      let obstacles = error.findings
      let foreign: [Rule] = [.foreignProxy, .foreignEnvoy, .leftoverDependency]
      let isForeign = obstacles.contains { foreign.contains($0.message.rule) }
      return (isForeign ? .foreign : .notInjectable, obstacles)
    }
  }
}

extension OpenedDocument {
  /// Whether ECS makes the same of both, once it has filled in its defaults.
  fileprivate func isSame(as output: [UInt8]) -> Bool {
    guard let other = try? OpenedDocument(output).task.document else { return false }
    return task.document.value(task.root).registered
      .isEquivalent(to: other.value(other.root).registered)
  }
}

extension InjectionError {
  /// Every kind of refusal as findings.
  fileprivate var findings: [Finding] {
    switch self {
    case .refused(let findings): findings
    case .syntax(let error):
      [Finding(.notJSON(error), at: error.offset)]
    case .options(let error):
      [Finding(.wrongLabel(error), at: 0)]
    }
  }
}

extension Finding.Message {
  fileprivate static func notJSON(_ error: SyntaxError) -> Self {
    Self(.syntax, error.message)
  }
  fileprivate static func wrongLabel(_ error: OptionError) -> Self {
    Self(.wrongLabel, error.message.text, fix: error.message.fix)
  }
}
