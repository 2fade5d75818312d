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
    // What is wrong with ports was found when the configuration was made.
    var told = Findings()
    let variables = PortVariables(plan.options.servedPorts(of: task, &told))
    task.set(
      .command, to: .array(arguments.arguments.map(variables.value)), in: envoy,
      because: "Envoy's configuration comes with the task definition")
    task.set(
      .readonlyRootFilesystem, to: true, in: envoy, because: "Envoy writes no files")
  }
}

extension TaskDefinition {
  /// Envoy's configuration as it stands in the command of its container; with variables where a
  /// template's deployment decides what they stand for.
  var embeddedBootstrap: String? {
    let words = envoy.map { list(.command, of: $0) } ?? []
    guard let flag = words.firstIndex(where: { text($0) == EnvoyArguments.configuration }),
      let word = words[flag...].dropFirst().first
    else { return nil }
    return text(word) ?? document.value(word)[Intrinsic.sub]?.array?.first?.string
  }
}

extension Finding.Message {
  fileprivate static func impossible(_ error: BootstrapError) -> Self {
    Self(.impossibleConfiguration, error.message, fix: error.fix)
  }
}
