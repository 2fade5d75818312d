import EnvoyInjector
import LosslessJSON

/// A document with its findings where people find them.
struct CheckedDocument {
  struct Place {
    let finding: Finding
    /// From 1.
    let line: Int
    /// From 1, in Unicode scalars.
    let column: Int
  }

  let file: String
  let check: DocumentCheck
  let places: [Place]

  init(_ file: String, _ bytes: [UInt8], _ check: DocumentCheck) {
    self.file = file == "-" ? "<stdin>" : file
    self.check = check
    places = check.findings.map { finding in
      let position = TextPosition(of: finding.offset, in: bytes)
      return Place(finding: finding, line: position.line, column: position.column)
    }
  }

  /// What `check` says about the document as a whole.
  var verdict: String {
    switch check.state {
    case .current: "injected and current"
    case .outdated: "injected, but inject would change it with these options"
    case .notInjected: "not injected"
    case .optedOut: "left as it is: a label inject-envoy.io/inject says disabled"
    case .foreign: "has an Envoy that this tool did not add"
    case .gateway: "a gateway of this tool"
    case .notInjectable: "not injectable: " + reasons
    }
  }

  private var reasons: String {
    check.obstacles.filter { $0.severity == .error }
      .map { "\($0.message.text) (\($0.message.code))" }.joined(separator: "; ")
  }
}
