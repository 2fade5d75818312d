package import LosslessJSON
package import TaskDefinitions

/// Refuses a task definition that exceeds ECS's limits.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html>
package struct RequireLimits: Check {
  package static let name = "require-limits"
  package static let summary = "Refuse more than 10 containers or 64 KiB"

  package static let maximumContainers = 10
  /// Bytes of the task definition without white space between its values.
  package static let maximumBytes = 65536

  /// The container whose configuration may be compressed.
  package let envoy: NodeID?

  package init(envoy: NodeID? = nil) { self.envoy = envoy }

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    Self.checkCount(of: task, &findings)
    // Skips printing if even the bytes that were read and added are within the limit.
    guard task.document.byteCount > Self.maximumBytes else { return }
    let size = task.value(task.root).compactText.utf8.count
    if size > Self.maximumBytes {
      let compression = envoy.flatMap { task.compressionFact(of: $0) }
      findings.add(
        Self.tooLarge,
        [
          "bytes": "\(size)", "details": compression.map { " (\($0))" } ?? "",
          "limit": "\(Self.maximumBytes)",
        ], fix: compression.map { _ in Self.fixForConfiguration }, at: task.root, in: task.document)
    }
  }

  /// - Returns: whether the containers are few enough.
  @discardableResult
  static func checkCount(of task: TaskDefinition, _ findings: inout Findings) -> Bool {
    let count = task.containerPlaces.count
    guard count > maximumContainers else { return true }
    findings.add(
      tooManyContainers, ["count": "\(count)", "limit": "\(maximumContainers)"],
      at: task.node(.containerDefinitions), in: task.document)
    return false
  }
}

extension RequireLimits {
  package static let rules = [tooManyContainers, tooLarge]

  private static let tooManyContainers = Rule.error(
    "too-many-containers",
    "The task has {count} containers, but ECS allows at most {limit}.",
    fix: "Remove containers, or leave out the tracing daemon with \(.tracing, "none").",
    see: Rule.Source.quotas)
  private static let tooLarge = Rule.error(
    "too-large",
    "The task definition has {bytes} bytes{details}, but ECS allows at most {limit}.",
    fix: "Shorten environments and commands, or move them to files and parameters.",
    see: Rule.Source.quotas)

  /// The advice if Envoy's configuration is embedded, and does not fit although it is compressed.
  private static let fixForConfiguration: Wording =
    "Put the output of 'inject-envoy bootstrap' into a file on a volume of the task. Give Envoy's "
    + "container that volume and the command '--config-path FILE' with envoyContainer in the "
    + "configuration file, and disable embed-bootstrap."
}
