import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Refuses to hand out a document with which `check` would find fault: overrides, patches or the
/// input itself broke what belongs together.
struct VerifyEnvoy: Filter {
  static let name = "verify-envoy"
  static let summary =
    "refuse to print what 'check' finds errors in, as after overrides and patches"

  let containerName: String
  /// The user whose traffic is not redirected; `nil`: nothing is.
  let user: Int?
  /// The user's own text came into the document: it may be of any kind.
  var hasUserText = true

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    if hasUserText { RequireTaskDefinition().check(task, &findings) }
    guard let envoy = task.container(named: containerName), envoy == task.envoy else {
      return findings.add(.missing(containerName), in: task.document)
    }
    LintedTask(task).check(Lint.errors, &findings)
    // What a lint can't know of any task, a user's name for one, is known of ours.
    if let user, task.identity(of: envoy).uid != user,
      !findings.all.contains(where: { $0.rule == .envoyUser })
    {
      findings.add(.wrongUser(user), at: task.node(.user, of: envoy) ?? envoy, in: task.document)
    }
  }
}

extension Message {
  fileprivate static func missing(_ name: String) -> Self {
    Self(
      .envoyMissing,
      "the container '\(name)' that was added is gone after all overrides and patches, "
        + "or was renamed or moved")
  }
}
