import LosslessJSON

/// Writes on the Envoy container who added it, and how to take everything back.
struct MarkInjected: Filter {
  static let name = "mark-injected"
  static let summary = "write the mark and the ledger by which uninject works"

  /// The task is Envoy alone: there is nothing to go back to.
  let isGateway: Bool
  /// What Envoy stands for in a mesh whose description was given.
  let meshResource: String?

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    guard let envoy = task.envoy else { return }
    var mark: JSONValue =
      isGateway
      ? [Mark.version: .string(Version.current), Mark.gateway: "true"]
      : [Mark.version: .string(Version.current), Mark.ledger: .string(Ledger(of: task).text)]
    if let meshResource { mark = mark.merging([Mark.meshResource: .string(meshResource)]) }
    let present = task.node(.dockerLabels, of: envoy).map { task.document.value($0) } ?? .object([])
    task.set(
      .dockerLabels, to: present.merging(mark), in: envoy,
      because: isGateway ? "other commands know it by it" : "uninject finds its way by it")
  }
}
