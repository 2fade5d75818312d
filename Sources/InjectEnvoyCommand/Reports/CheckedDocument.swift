import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The result of `check` for one document, with messages instead of problems.
struct CheckedDocument: Sendable {
  let origin: DocumentOrigin
  let check: DocumentCheck
  let findings: [Message]
  /// Why inject would refuse the document.
  let obstacles: [Message]

  init(_ origin: DocumentOrigin, _ bytes: [UInt8], _ check: DocumentCheck) {
    self.origin = origin
    self.check = check
    // Searching a document for secrets takes as long as checking it, and most documents have no findings.
    guard !check.findings.isEmpty || !check.obstacles.isEmpty else {
      (findings, obstacles) = ([], [])
      return
    }
    let redaction = Redaction(of: bytes)
    let lines = TextLines(of: bytes)
    let message = { (problem: Problem) in
      Message(problem, in: lines, from: origin.firstLine, hiding: redaction)
    }
    findings = check.findings.map(message)
    obstacles = check.obstacles.map(message)
  }

  /// The document's name in a report: the file, and the document's number in it.
  var title: String { origin.file + origin.ordinal }

  /// The state of the document in words.
  var verdict: String {
    switch check.state {
    case .current: "injected and current"
    case .outdated: "injected, but inject would change it with these options"
    case .incomplete: "not fully injected: a filter that Envoy needs is disabled"
    case .notInjected: "not injected"
    case .optedOut: "left as it is: a label inject-envoy.io/inject says disabled"
    case .foreign: "has an Envoy that this tool did not add"
    case .gateway: "a gateway of this tool"
    case .noTaskDefinition: "has no task definition"
    case .notInjectable: "not injectable: " + reasons
    }
  }

  private var reasons: String {
    obstacles.filter { $0.problem.severity == .error }.map { "[\($0.problem.code)] \($0.text)" }
      .joined(separator: " ")
  }
}
