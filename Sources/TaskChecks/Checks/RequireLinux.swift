import LosslessJSON
package import TaskDefinitions

/// Refuses platforms on which ECS writes no redirection rules: Windows and ECS Anywhere.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html>
package struct RequireLinux: Check {
  package static let name = "require-linux"
  package static let summary = "refuse Windows and external hosts, where ECS redirects no traffic"

  package init() {}

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    if let platform = task.node(.runtimePlatform),
      let family = task.node(.operatingSystemFamily, of: platform),
      let name = task.text(family), name.hasPrefix("WINDOWS")
    {
      findings.add(.windows(name), at: family, in: task.document)
    }
    for compatibility in task.list(.requiresCompatibilities)
    where task.isText(compatibility, Compatibility.external) {
      findings.add(.external, at: compatibility, in: task.document)
    }
  }
}

extension Message {
  fileprivate static func windows(_ family: String) -> Self {
    Self(
      .windows, "the task runs on \(family), where ECS redirects no traffic to a proxy")
  }
  fileprivate static let external = Self(.external)
}
