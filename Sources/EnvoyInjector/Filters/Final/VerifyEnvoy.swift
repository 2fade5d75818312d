import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Rejects a document in which `check` would find errors, because overrides, patches or the input broke it.
struct VerifyEnvoy: Check {
  static let name = "verify-envoy"
  static let summary =
    "Refuse to print a document in which check finds errors, as after overrides and patches"

  let containerName: String
  /// The roles of the containers, including those that this injection added.
  let roles: ContainerRoles
  /// The user whose traffic is not redirected, or `nil` if there is no redirection.
  let user: Int?
  /// Whether overrides or patches added values, which can have any type.
  var hasUserText = true
  var ignoresSize = false

  func check(_ task: TaskDefinition, _ findings: inout Findings) {
    // After an error, the task may have no Envoy to verify.
    if findings.hasErrors { return }
    if hasUserText { RequireTaskDefinition().check(task, &findings) }
    guard let envoy = task.container(named: containerName), envoy == roles.envoy else {
      return findings.add(
        Self.envoyMissing, ["name": containerName], at: task.root, in: task.document)
    }
    let lints = ignoresSize ? Lint.errors.filter { $0.name != CheckTaskSize.name } : Lint.errors
    LintedTask(task, roles).check(lints, &findings)
    // The lint skips users that it cannot resolve, such as names, but the user of our Envoy is known.
    if let user, task.identity(of: envoy).uid != user,
      !findings.all.contains(where: { $0.rule == CheckProxyWiring.envoyUser })
    {
      findings.add(
        CheckProxyWiring.envoyUser, ["user": "\(user)"], at: task.node(.user, of: envoy) ?? envoy,
        in: task.document)
    }
  }
}

extension VerifyEnvoy {
  static let rules =
    [envoyMissing] + RequireTaskDefinition.rules + Lint.errors.flatMap(\.rules)

  private static let envoyMissing = Rule.error(
    "envoy-missing",
    "Overrides or patches removed, renamed, or moved the Envoy container '{name}'.",
    fix: "Leave it in its place, and name it with \(.envoyName) or envoyContainer.name.")
}
