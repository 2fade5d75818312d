import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Applies the user's merge patch (RFC 7396) to a generated container: `envoyContainer` and
/// `tracingContainer` of the configuration file.
struct OverrideContainers: Filter {
  static let name = "override-containers"
  static let summary = "Apply envoyContainer and tracingContainer of the configuration file"

  let envoy: JSONValue?
  let tracingDaemon: JSONValue?

  func apply(to context: inout StageContext) {
    if let patch = envoy, let container = context.envoy {
      let configuration = context.task.compressedBootstrap(of: container)
      merge(patch, into: container, &context)
      if configuration != context.task.compressedBootstrap(of: container) {
        context.report(Self.configurationReplaced, at: container)
      }
      ValueKinds.check(container: container, in: context.task, &context.findings)
    }
    if let patch = tracingDaemon, let container = context.tracingDaemon,
      context.addedContainers.contains(container)
    {
      merge(patch, into: container, &context)
      ValueKinds.check(container: container, in: context.task, &context.findings)
    }
  }

  private func merge(_ patch: JSONValue, into container: NodeID, _ context: inout StageContext) {
    let reason = context.reason("The configuration file sets it.")
    let dialect = context.task.place.dialect
    let merged = dialect.value(context.task.value(container).merging(patch))
    for member in dialect.value(patch).object ?? [] {
      if let value = merged[member.name] {
        context.task.document.set(member.name, to: value, in: container, because: reason)
      } else if let present = context.task.document.member(member.name, of: container) {
        context.task.document.remove(present, because: reason)
      }
    }
  }
}

extension OverrideContainers {
  static let rules = ValueKinds.rules + [configurationReplaced]

  private static let configurationReplaced = Rule.error(
    "configuration-replaced",
    "envoyContainer changes the variable \(CompressedBootstrap.variable). It holds Envoy's "
      + "configuration where that fits ECS's limit only when it is compressed.",
    fix: "Give Envoy's variables with \(.env) instead of the environment of envoyContainer.")
}
