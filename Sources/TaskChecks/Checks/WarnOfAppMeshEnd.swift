import LosslessJSON
package import TaskDefinitions

/// Warns that App Mesh's control plane is gone.
///
/// - SeeAlso: <https://aws.amazon.com/blogs/containers/migrating-from-aws-app-mesh-to-amazon-ecs-service-connect/>
package struct WarnOfAppMeshEnd: Check {
  package static let name = "warn-of-app-mesh-end"
  package static let summary = "warn that AWS switched App Mesh off on 2026-09-30"

  package init() {}

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    findings.add(.ended, in: task.document)
  }
}

extension Message {
  fileprivate static let ended = Self(.appMeshEnded)
}
