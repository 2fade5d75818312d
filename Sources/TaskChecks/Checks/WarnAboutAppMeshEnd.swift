package import LosslessJSON
package import TaskDefinitions

/// Warns that App Mesh's control plane no longer exists.
///
/// - SeeAlso: <https://aws.amazon.com/blogs/containers/migrating-from-aws-app-mesh-to-amazon-ecs-service-connect/>
package struct WarnAboutAppMeshEnd: Check {
  package static let name = "warn-of-app-mesh-end"
  package static let summary = "Warn that AWS switched App Mesh off on 2026-09-30"

  package init() {}

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    findings.add(Self.appMeshEnded, in: task.document)
  }
}

extension WarnAboutAppMeshEnd {
  package static let rules = [appMeshEnded]

  private static let appMeshEnded = Rule.warning(
    "app-mesh-ended",
    "AWS switched App Mesh off on 2026-09-30. A newly started Envoy gets no configuration, so "
      + "containers that wait for it never start.",
    fix: "Use this mode only to keep or compare old task definitions.",
    see: "https://aws.amazon.com/blogs/containers/"
      + "migrating-from-aws-app-mesh-to-amazon-ecs-service-connect/", isOfRun: true)
}
