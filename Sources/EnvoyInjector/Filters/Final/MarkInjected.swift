import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Writes the mark and the ledger on the Envoy container: who added it, and how to undo all edits.
struct MarkInjected: Filter {
  static let name = "mark-injected"
  static let summary = "Write the mark and the ledger that uninject needs"

  /// A gateway task has no former state to return to.
  private let isGateway: Bool
  /// The labels, with an empty ledger.
  private let labels: JSONValue
  /// The labels, with a blank for the ledger.
  private let prepared: PreparedValue

  /// - Parameter meshResource: the resource that Envoy represents in a mesh whose description was given.
  init(isGateway: Bool, meshResource: String?) {
    self.isGateway = isGateway
    let own: JSONValue = isGateway ? [Mark.gateway: "true"] : [Mark.ledger: ""]
    let mesh = meshResource.map { [Mark.meshResource: .string($0)] } ?? JSONValue.object([])
    labels = JSONValue.object([.init(Mark.version, .string(Version.current))])
      .merging(own).merging(mesh)
    prepared = PreparedValue(
      labels, of: .dockerLabels, blank: isGateway ? nil : JSONPointer([Mark.ledger]))
  }

  func apply(to context: inout StageContext) {
    guard let envoy = context.envoy else { return }
    let ledger = isGateway ? nil : JSONValue.string(context.ledger.text)
    let reason =
      isGateway
      ? "Other commands recognize the gateway by this label."
      : "uninject restores the original from this label."
    guard let present = context.task.node(.dockerLabels, of: envoy) else {
      return context.set(
        .dockerLabels, to: prepared, filling: ledger.map { .value($0) }, in: envoy,
        because: reason)
    }
    let mark = ledger.map { labels.merging([Mark.ledger: $0]) } ?? labels
    context.set(
      .dockerLabels, to: context.task.document.value(present).merging(mark), in: envoy,
      because: reason)
  }
}
