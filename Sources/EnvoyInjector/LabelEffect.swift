public import TaskDefinitions

/// The effects of docker labels on one task definition.
public struct LabelEffect: Hashable, Sendable {
  /// The logical ID of the task definition; `nil` if it is the whole document.
  public let task: String?
  /// The labels that changed an option. A label that a stronger source overrides is not here.
  public var labels: [OptionLabel] = []
  /// Ports whose traffic bypasses Envoy because a label says so.
  public var ports: [String] = []
  /// Application containers that do not wait for Envoy because a label says so.
  public var containers: [String] = []
  /// Whether a label leaves the task without Envoy.
  public var isOptedOut = false

  /// The parts without Envoy, such as `port 9090`.
  public var leftOut: [String] {
    (isOptedOut ? ["task \(task ?? "")"] : []) + ports.map { "port \($0)" }
      + containers.map { "container \($0)" }
  }

  /// The facts for the report line.
  var facts: [String] {
    labels.map { "label \($0.name)" } + leftOut.map { "\($0) left out by a label" }
  }
}
