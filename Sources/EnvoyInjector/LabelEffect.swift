public import TaskDefinitions

/// The effects of docker labels on one task definition.
public struct LabelEffect: Hashable, Sendable {
  /// The logical ID of the task definition, or `nil` if it is the whole document.
  public let task: String?
  /// The labels that changed an option. Labels that a stronger source overrides are left out.
  public var labels: [OptionLabel] = []
  /// Ports whose traffic bypasses Envoy because of a label.
  public var ports: [String] = []
  /// Application containers that do not wait for Envoy because of a label.
  public var containers: [String] = []
  /// Whether a label excludes the task from injection.
  public var isOptedOut = false

  /// The parts that a label excludes from Envoy, such as `port 9090`.
  public var leftOut: [String] {
    (isOptedOut ? ["task \(task ?? "")"] : []) + ports.map { "port \($0)" }
      + containers.map { "container \($0)" }
  }

  /// The facts for the report line.
  var facts: [String] {
    labels.map { "label \($0.name)" } + leftOut.map { "\($0) left out by a label" }
  }
}
