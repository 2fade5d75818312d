package import LosslessJSON
import RolePolicies
package import TaskDefinitions

/// Finds settings of the Envoy container that cause trouble only under load, or when it stops.
package struct WarnAboutEnvoyContainer: Check {
  package static let name = "warn-of-envoy-container"
  package static let summary =
    "Warn about an Envoy that is not essential, may open few files, or publishes its admin port"

  package let envoy: PresentEnvoy

  /// Fargate's own limit of open files.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html>
  private static let nofile = 65535

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    // Our own Envoy is not essential in run-to-completion tasks.
    if !envoy.isOurs, !task.isEssential(envoy.container) {
      findings.add(
        Self.envoyNotEssential, ["name": envoy.name],
        at: task.node(.essential, of: envoy.container), in: task.document)
    }
    for limit in task.list(.ulimits, of: envoy.container)
    where task.text(.name, of: limit) == "nofile" {
      guard let hard = task.integer(.hardLimit, of: limit), hard < Self.nofile else { continue }
      findings.add(
        Self.nofileTooLow, ["limit": "\(hard)", "default": "\(Self.nofile)"],
        at: task.node(.hardLimit, of: limit), in: task.document)
    }
    for mapping in task.list(.portMappings, of: envoy.container) {
      guard let port = task.integer(.containerPort, of: mapping), port == envoy.adminPort else {
        continue
      }
      findings.add(
        Self.publishedAdminPort, ["port": "\(port)"], at: task.node(.containerPort, of: mapping),
        in: task.document)
    }
    checkLogGroup(task, &findings)
  }

  private func checkLogGroup(_ task: TaskDefinition, _ findings: inout Findings) {
    let creating = task.containers.filter { AddedContainer(task, $0).logGroup?.isMade == true }
    guard creating == [envoy.container] else { return }
    findings.add(
      Self.createsLogGroup, at: task.node(.logConfiguration, of: envoy.container),
      in: task.document)
  }
}

extension WarnAboutEnvoyContainer {
  package static let rules = [
    envoyNotEssential, nofileTooLow, publishedAdminPort, createsLogGroup,
  ]

  private static let envoyNotEssential = Rule.warning(
    "envoy-not-essential",
    "Envoy ('{name}') is not essential. When it stops, the task keeps running without a network.",
    fix: #"Remove "essential": false, unless the task runs to completion."#,
    see: Rule.Source.appMeshOnECS)
  private static let nofileTooLow = Rule.warning(
    "nofile-too-low",
    "Envoy may open {limit} files, fewer than Fargate's default of {default}. It runs out of them "
      + "under load.",
    fix: "Remove the ulimit nofile, or set it to {default} or more.", see: Rule.Source.ulimit)
  private static let publishedAdminPort = Rule.warning(
    "published-admin-port",
    "Envoy's administration interface is published on port {port}. Anyone who can reach it can stop "
      + "Envoy.",
    fix: "Remove that port mapping, and keep the port closed in the security group.",
    see: "https://www.envoyproxy.io/docs/envoy/latest/operations/admin")
  private static let createsLogGroup = Rule.warning(
    "creates-log-group",
    "Only Envoy lets ECS create its log group. The execution role needs logs:CreateLogGroup for it, "
      + "which AWS's managed policy does not allow.",
    fix: "Create the log group, or allow logs:CreateLogGroup.", see: Rule.Source.awslogs)
}
