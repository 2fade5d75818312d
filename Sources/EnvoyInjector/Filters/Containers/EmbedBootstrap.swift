import EnvoyBootstrap
import LosslessJSON

/// Writes Envoy's configuration into the command of its container: nothing else has to be there
/// when the task starts.
///
/// Envoy runs behind an entry point that lets requests finish when ECS stops the task. Nothing in
/// the container writes files, so its root file system is read-only.
struct EmbedBootstrap: Filter {
  static let name = "embed-bootstrap"
  static let summary = "write Envoy's configuration into its command, behind a draining entry point"

  let plan: Plan

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    guard let envoy = task.envoy else { return }
    let bootstrap: Bootstrap
    do throws(BootstrapError) {
      bootstrap = try plan.bootstrap(for: task, &findings)
    } catch {
      return findings.add(
        .impossible(error), at: task.node(.containerDefinitions), in: task.document)
    }
    let drain = DrainEntryPoint(
      adminPort: UInt16(clamping: plan.adminPort), seconds: UInt16(clamping: plan.drainSeconds))
    let arguments = EnvoyArguments(
      bootstrap: bootstrap, logLevel: plan.logLevel,
      concurrency: plan.concurrency == 0 ? nil : plan.concurrency)
    task.set(
      .entryPoint, to: .array(drain.entryPoint.map(JSONValue.string)), in: envoy,
      because: "requests in flight finish when the task stops")
    task.set(
      .command, to: .array(arguments.arguments.map(JSONValue.string)), in: envoy,
      because: "Envoy's configuration comes with the task definition")
    task.set(
      .readonlyRootFilesystem, to: true, in: envoy, because: "Envoy writes no files")
  }
}

extension TaskDefinition {
  /// Envoy's configuration as it stands in the command of its container.
  var embeddedBootstrap: String? {
    guard let envoy else { return nil }
    let words = texts(.command, of: envoy)
    guard let flag = words.firstIndex(of: EnvoyArguments.configuration) else { return nil }
    return words[flag...].dropFirst().first
  }
}

extension Finding.Message {
  fileprivate static func impossible(_ error: BootstrapError) -> Self {
    Self(.impossibleConfiguration, error.message, fix: error.fix)
  }
}
