public import TaskDefinitions

/// What docker labels changed for one task definition.
public struct LabelEffect: Hashable, Sendable {
  /// Its logical id in a template; `nil`: it is the document.
  public let task: String?
  /// The labels that changed an option. A label that a stronger source overrides is not here.
  public var labels: [OptionLabel] = []
  /// Ports whose traffic bypasses Envoy because a label says so.
  public var ports: [String] = []
  /// Application containers that do not wait for Envoy because a label says so.
  public var containers: [String] = []
  /// Whether a label leaves the task without Envoy.
  public var isOptedOut = false

  /// What is left without Envoy, such as `port 9090`.
  public var leftOut: [String] {
    (isOptedOut ? ["task \(task ?? "")"] : []) + ports.map { "port \($0)" }
      + containers.map { "container \($0)" }
  }

  /// What the report line says.
  var facts: [String] {
    labels.map { "label \($0.name)" } + leftOut.map { "\($0) left out by a label" }
  }
}
