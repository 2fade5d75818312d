import LosslessJSON

/// Refuses to hand out a document in which overrides or patches broke what belongs together.
struct VerifyEnvoy: Filter {
  static let name = "verify-envoy"
  static let summary = "refuse overrides and patches that break the injected Envoy"

  let containerName: String
  /// The user whose traffic is not redirected; `nil`: nothing is.
  let user: Int?

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    guard let envoy = task.container(named: containerName), envoy == task.envoy else {
      return findings.add(.missing(containerName), in: task.document)
    }
    if let user, task.identity(of: envoy).uid != user {
      findings.add(.wrongUser(user), at: task.node(.user, of: envoy) ?? envoy, in: task.document)
    }
    for container in task.containers {
      for dependency in task.list(.dependsOn, of: container)
      where task.text(.containerName, of: dependency) == containerName
        && task.text(.condition, of: dependency) == DependencyCondition.healthy
        && task.node(.healthCheck, of: envoy) == nil
      {
        findings.add(.noHealthCheck(task.name(of: container)), at: dependency, in: task.document)
      }
      if task.dependencies(of: container).contains(container) {
        findings.add(.cycle(task.name(of: container)), at: container, in: task.document)
      }
    }
  }
}

extension Finding.Message {
  fileprivate static func missing(_ name: String) -> Self {
    Self(
      .envoyMissing, "after all filters and patches there is no container '\(name)'")
  }
  fileprivate static func wrongUser(_ user: Int) -> Self {
    Self(
      .envoyUser,
      "Envoy does not run as user \(user), whose traffic is not redirected: "
        + "its own requests would come back to it for ever",
      fix: "change the user with --user, which sets both")
  }
  fileprivate static func noHealthCheck(_ name: String) -> Self {
    Self(
      .noHealthCheck,
      "container '\(name)' waits until Envoy is healthy, but Envoy has no health check",
      fix: "keep envoyContainer.healthCheck, or disable the filter wait-for-envoy as well")
  }
  fileprivate static func cycle(_ name: String) -> Self {
    Self(
      .dependencyCycle, "container '\(name)' waits for itself, over its dependencies")
  }
}
