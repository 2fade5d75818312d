import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

extension Injector {
  /// Lints a document, whatever added its Envoy, and predicts the result of injecting it.
  ///
  /// - Parameter bytes: a task definition as JSON in UTF-8.
  public func check(_ bytes: [UInt8]) -> DocumentCheck {
    let opened: OpenedDocument
    do throws(InjectionError) {
      opened = try open(bytes)
    } catch {
      let findings = error.findings
      return DocumentCheck(
        state: .notInjectable, family: nil, findings: findings, obstacles: findings)
    }
    var findings = opened.findings
    if opened.places.isEmpty { return checkWithoutTask(opened) }
    _ = opened.mapTasks { LintedTask($0).check(Lint.all, &findings) }
    let family = opened.displayName
    var located = opened.located(findings)
    let (state, obstacles, warnings) = state(of: consume opened, bytes)
    // Options can turn a lint's warning into an error of inject.
    located.removeAll { finding in
      finding.severity == .warning
        && obstacles.contains {
          $0.severity == .error && $0.code == finding.code && $0.offset == finding.offset
        }
    }
    // Keep only findings of inject that no lint reports.
    let others = (obstacles + warnings).filter { other in
      !located.contains {
        $0.code == other.code && ($0.offset == other.offset || other.rule.isOfRun)
      }
    }
    return DocumentCheck(
      state: state, family: family, findings: located + others, obstacles: obstacles)
  }

  private func checkWithoutTask(_ opened: OpenedDocument) -> DocumentCheck {
    let obstacles = usual.options.requiresTaskDefinition ? opened.withoutTask.findings : []
    return DocumentCheck(
      state: obstacles.isEmpty ? .noTaskDefinition : .notInjectable, family: nil,
      findings: opened.located(opened.findings) + obstacles, obstacles: obstacles)
  }

  private func state(
    of opened: consuming OpenedDocument, _ bytes: [UInt8]
  ) -> (DocumentCheck.State, obstacles: [Problem], warnings: [Problem]) {
    do throws(InjectionError) {
      if try isOptedOut(opened) { return (.optedOut, [], []) }
    } catch {
      return (.notInjectable, error.findings, [])
    }
    let isGateway = opened.tasks(are: \.isGateway)
    let isInjected = !opened.tasks(are: { TakeBack.markedContainers($0).isEmpty })
    do throws(InjectionError) {
      let run = try run(opened)
      // The output would differ from the input, so it is not printed for a comparison.
      if !isInjected, run.record.isComplete { return (.notInjected, [], run.warnings) }
      let injection = run.injection(of: bytes)
      if injection.outcome == .incomplete { return (.incomplete, [], run.warnings) }
      guard isInjected else { return (.notInjected, [], run.warnings) }
      let isCurrent =
        injection.outcome == .upToDate || areSame(bytes, injection.output)
      if isCurrent, !run.record.isComplete { return (.incomplete, [], run.warnings) }
      return (isCurrent ? .current : .outdated, [], run.warnings)
    } catch {
      let obstacles = error.findings
      let isForeign = obstacles.contains { RefuseForeignEnvoy.foreign.contains($0.rule) }
      return (isGateway ? .gateway : isForeign ? .foreign : .notInjectable, obstacles, [])
    }
  }

  /// Whether ECS registers both texts as equal task definitions.
  private func areSame(_ bytes: [UInt8], _ output: [UInt8]) -> Bool {
    guard
      let one = try? OpenedDocument(bytes, resources: resources, given: parameters).task.document,
      let other = try? OpenedDocument(output, resources: resources, given: parameters).task.document
    else { return false }
    return RegisteredComparison(one: one, other: other).isSame
  }
}

extension InjectionError {
  /// The problems behind any kind of rejection.
  fileprivate var findings: [Problem] {
    switch self {
    case .refused(let findings): findings
    case .syntax(let problem): [problem]
    case .options(let problem): [problem]
    }
  }
}
