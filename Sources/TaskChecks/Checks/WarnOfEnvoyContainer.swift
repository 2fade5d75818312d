import LosslessJSON
import RolePolicies
package import TaskDefinitions

/// Settings of the Envoy container that show only under load, or when it stops.
package struct WarnOfEnvoyContainer: Check {
  package static let name = "warn-of-envoy-container"
  package static let summary = "an Envoy that is not essential, has few files or an open admin port"

  package let envoy: PresentEnvoy

  /// Fargate's own limit of open files.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html>
  private static let nofile = 65535

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    // Ours is so in run-to-completion tasks.
    if !envoy.isOurs, !task.isEssential(envoy.container) {
      findings.add(
        .notEssential(envoy.name), at: task.node(.essential, of: envoy.container),
        in: task.document)
    }
    for limit in task.list(.ulimits, of: envoy.container)
    where task.text(.name, of: limit) == "nofile" {
      guard let hard = task.integer(.hardLimit, of: limit), hard < Self.nofile else { continue }
      findings.add(.nofile(hard), at: task.node(.hardLimit, of: limit), in: task.document)
    }
    for mapping in task.list(.portMappings, of: envoy.container) {
      guard let port = task.integer(.containerPort, of: mapping), port == envoy.adminPort else {
        continue
      }
      findings.add(
        .publishedAdmin(port), at: task.node(.containerPort, of: mapping), in: task.document)
    }
    checkLogGroup(task, &findings)
  }

  private func checkLogGroup(_ task: TaskDefinition, _ findings: inout Findings) {
    let creating = task.containers.filter { AddedContainer(task, $0).logGroup?.isMade == true }
    guard creating == [envoy.container] else { return }
    findings.add(
      .createsGroup, at: task.node(.logConfiguration, of: envoy.container), in: task.document)
  }
}

extension Message {
  fileprivate static func notEssential(_ name: String) -> Self {
    Self(
      .envoyNotEssential,
      "Envoy ('\(name)') is not essential: when it stops, the task goes on without a network")
  }
  fileprivate static func nofile(_ limit: Int) -> Self {
    Self(
      .nofileTooLow,
      "Envoy may open \(limit) files, fewer than Fargate allows by itself: "
        + "under load it runs out of them")
  }
  fileprivate static func publishedAdmin(_ port: Int) -> Self {
    Self(
      .publishedAdminPort,
      "Envoy's administration interface is published on port \(port): "
        + "whoever reaches it can stop Envoy")
  }
  fileprivate static let createsGroup = Self(.createsLogGroup)
}
