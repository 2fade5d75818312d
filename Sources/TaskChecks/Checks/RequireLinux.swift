package import LosslessJSON
package import TaskDefinitions

/// Refuses platforms on which ECS writes no redirection rules: Windows and ECS Anywhere.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html>
package struct RequireLinux: Check {
  package static let name = "require-linux"
  package static let summary = "Refuse Windows and external hosts, where ECS redirects no traffic"

  package init() {}

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    if let platform = task.node(.runtimePlatform),
      let family = task.node(.operatingSystemFamily, of: platform),
      let name = task.text(family), name.hasPrefix("WINDOWS")
    {
      findings.add(Self.windows, ["family": name], at: family, in: task.document)
    }
    for compatibility in task.list(.requiresCompatibilities)
    where task.isText(compatibility, Compatibility.external) {
      findings.add(Self.external, at: compatibility, in: task.document)
    }
  }
}

extension RequireLinux {
  package static let rules = [windows, external]

  private static let windows = Rule.error(
    "windows", "The task runs on {family}, where ECS does not redirect traffic to a proxy.",
    fix: "Inject only tasks whose operatingSystemFamily is LINUX.", see: Rule.Source.proxy)
  private static let external = Rule.error(
    "external", "The task runs on external hosts, where ECS does not support proxyConfiguration.",
    fix: "Remove EXTERNAL from requiresCompatibilities, or leave this task without Envoy.",
    see: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html")
}
