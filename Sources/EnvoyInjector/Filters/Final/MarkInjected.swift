import LosslessJSON

/// Writes on the Envoy container who added it, and how to take everything back.
struct MarkInjected: Filter {
  static let name = "mark-injected"
  static let summary = "write the mark and the ledger by which uninject works"

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    guard let envoy = task.envoy else { return }
    let ledger = Ledger(of: task)
    let labels: [(String, JSONValue)] = [
      (Mark.version, .string(Version.current)), (Mark.ledger, .string(ledger.text)),
    ]
    let present = task.node(.dockerLabels, of: envoy).map { task.document.value($0) } ?? .object([])
    let marked = present.merging(.object(labels.map { JSONValue.Member($0.0, $0.1) }))
    task.set(.dockerLabels, to: marked, in: envoy, because: "uninject finds its way by it")
  }
}
