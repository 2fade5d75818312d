import LosslessJSON

/// Refuses to hand out a document with which `check` would find fault: overrides, patches or the
/// input itself broke what belongs together.
struct VerifyEnvoy: Filter {
  static let name = "verify-envoy"
  static let summary =
    "refuse to print what 'check' finds errors in, as after overrides and patches"

  let containerName: String

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    RequireTaskDefinition().check(task, &findings)
    guard let envoy = task.container(named: containerName), envoy == task.envoy else {
      return findings.add(.missing(containerName), in: task.document)
    }
    LintedTask(task).check(Lint.errors, &findings)
  }
}

extension Finding.Message {
  fileprivate static func missing(_ name: String) -> Self {
    Self(
      .envoyMissing,
      "the container '\(name)' that was added is gone after all overrides and patches, "
        + "or was renamed or moved")
  }
}
