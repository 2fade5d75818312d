import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// A document with its findings where people find them.
struct CheckedDocument {
  let file: String
  let check: DocumentCheck
  let findings: [Message]
  /// Why inject would refuse the document.
  let obstacles: [(code: String, text: String, severity: Rule.Severity)]

  init(_ file: String, _ bytes: [UInt8], _ check: DocumentCheck) {
    self.file = file == "-" ? "<stdin>" : file
    self.check = check
    let redaction = Redaction(of: bytes)
    let lines = TextLines(of: bytes)
    findings = check.findings.map { Message($0, in: lines, hiding: redaction) }
    obstacles = check.obstacles.map {
      ($0.code, redaction.masked($0.text.spelled, at: $0.offset), $0.severity)
    }
  }

  /// What `check` says about the document as a whole.
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
    obstacles.filter { $0.severity == .error }.map { "\($0.text) (\($0.code))" }
      .joined(separator: "; ")
  }
}
