import LosslessJSON
package import TaskDefinitions

/// Refuses a document that is over ECS's limits.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html>
package struct RequireLimits: Check {
  package static let name = "require-limits"
  package static let summary = "refuse more than 10 containers or 64 KiB"

  package static let maximumContainers = 10
  /// Bytes of the task definition without white space between its values.
  package static let maximumBytes = 65536

  package init() {}

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let count = task.containerPlaces.count
    if count > Self.maximumContainers {
      findings.add(
        .tooManyContainers(count), at: task.node(.containerDefinitions), in: task.document)
    }
    // Printing is not needed where even all bytes that were read and added are few enough.
    guard task.document.byteCount > Self.maximumBytes else { return }
    let size = task.value(task.root).compactText.utf8.count
    if size > Self.maximumBytes {
      findings.add(.tooLarge(size, task.compressionFact), in: task.document)
    }
  }
}

extension Message {
  fileprivate static func tooManyContainers(_ count: Int) -> Self {
    Self(
      .tooManyContainers,
      "with \(count) containers the task is over ECS's limit of \(RequireLimits.maximumContainers)")
  }
  /// - Parameter compression: what became of Envoy's configuration, if it was too long as text.
  fileprivate static func tooLarge(_ bytes: Int, _ compression: String?) -> Self {
    let sizes = compression.map { ", \($0)," } ?? ""
    return Self(
      .tooLarge,
      "with \(bytes) bytes\(sizes) the task definition is over ECS's limit of "
        + "\(RequireLimits.maximumBytes)",
      fix: compression.map { _ in
        "put what 'bootstrap' prints into a file on a volume of the task, and give Envoy's container "
          + "that volume and the command --config-path FILE by 'envoyContainer' in the "
          + "configuration file, with embed-bootstrap disabled"
      })
  }
}
