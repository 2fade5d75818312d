import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Removes an Envoy that this tool did not add: App Mesh as set up by AWS's guides, the ECS Workshop and
/// the CDK's extensions, or the leftovers of a partial removal.
///
/// There is no ledger, so parts that may belong to an application are kept and reported.
struct TakeOutForeign {
  static let name = "take-out-foreign"
  static let summary = "Take out an Envoy that this tool did not add, if an option says so"

  /// Tells which containers are applications and so are not an Envoy.
  var selection = ContainerSelection()

  /// - Returns: whether anything was removed.
  func apply(to task: inout TaskDefinition, _ findings: inout Findings) -> Bool {
    findings.stage = Self.name
    let edits = task.document.editCount
    let foreign = ForeignEnvoy(task, selection)
    if let envoy = foreign.envoy, foreign.containers.count == task.containers.count {
      let name = task.name(of: envoy)
      findings.add(
        Self.envoyAlone, ["name": name],
        fix: Self.fix(for: task.formerEnvoy(selection)?.standing(in: nil)),
        at: envoy, in: task.document)
      return false
    }
    if let envoy = foreign.containers.first(where: task.isConditional) {
      findings.add(
        ValueKinds.undecided,
        [
          "subject": "Whether container '\(task.name(of: envoy))' exists",
          "consequence": "it cannot be removed",
        ], fix: "Remove its Fn::If from the template by hand.", at: envoy, in: task.document)
      return false
    }
    let names = foreign.containers.map { task.name(of: $0) }
    removeDependencies(on: names, &task)
    if let proxy = task.node(.proxyConfiguration) {
      task.document.remove(
        proxy, because: Self.reason("The proxy that received the redirected traffic is removed."))
    }
    if let envoy = foreign.envoy {
      task.document.remove(
        envoy, because: Self.reason("It is an Envoy that this tool did not add."))
    }
    if let daemon = foreign.daemon {
      task.document.remove(
        daemon, because: Self.reason("Only the removed Envoy sent spans to it."))
    }
    // Reported last, so that the places are those in the resulting document.
    report(foreign, task, &findings)
    return task.document.editCount > edits
  }

  /// Removes dependencies of the remaining containers. Dependencies on missing containers are leftovers of a
  /// partly removed Envoy, and ECS would reject them.
  private func removeDependencies(on names: [String], _ task: inout TaskDefinition) {
    for container in task.containers where !names.contains(task.name(of: container)) {
      let all = task.node(.dependsOn, of: container).map { task.document.elements(of: $0) } ?? []
      let gone = all.filter { dependency in
        guard let name = task.text(.containerName, of: dependency) else { return false }
        return names.contains(name) || task.container(named: name) == nil
      }
      if !gone.isEmpty, gone == all, let list = task.node(.dependsOn, of: container) {
        task.document.remove(
          list, because: Self.reason("The containers that it names are not in the task."))
      } else {
        for dependency in gone {
          task.document.remove(
            dependency, because: Self.reason("The container that it names is not in the task."))
        }
      }
    }
  }

  private static func reason(_ text: String) -> Edit.Reason { Edit.Reason(filter: name, text) }

  /// Reports the parts that are kept although they may have been added with Envoy.
  private func report(
    _ foreign: ForeignEnvoy, _ task: TaskDefinition, _ findings: inout Findings
  ) {
    for daemon in foreign.doubtful {
      findings.add(
        Self.keptDaemon, ["name": task.name(of: daemon)], at: daemon, in: task.document)
    }
    let volumes = { (container: NodeID) -> [String] in
      task.list(.mountPoints, of: container).compactMap { task.text(.sourceVolume, of: $0) }
    }
    let others = task.containers.filter { !foreign.containers.contains($0) }.flatMap(volumes)
    for volume in task.list(.volumes) {
      guard let name = task.text(.name, of: volume), !others.contains(name),
        foreign.containers.flatMap(volumes).contains(name)
      else { continue }
      findings.add(Self.keptVolume, ["name": name], at: volume, in: task.document)
    }
  }
}

extension TakeOutForeign {
  static let rules = [envoyAlone, keptDaemon, keptVolume, ValueKinds.undecided]

  private static let envoyAlone = Rule.error(
    "envoy-alone",
    "The task has only the Envoy '{name}', as a gateway has, so nothing would be left without it.",
    fix: "Delete the task definition, or replace it with one that 'inject-envoy gateway' prints.")
  private static let keptDaemon = Rule.warning(
    "kept-daemon",
    "The tracing daemon '{name}' is kept, because an application refers to it or sends it spans.",
    fix: "Remove it by hand if no application uses it.")
  private static let keptVolume = Rule.warning(
    "kept-volume", "The volume '{name}' is kept, although only Envoy mounted it.",
    fix: "Remove it by hand if nothing else uses it.")

  /// The advice for a task that was a virtual gateway of App Mesh.
  private static func fix(for standing: FormerEnvoy.Standing?) -> Wording? {
    guard case .resource(let resource) = standing, resource.kind == .virtualGateway else {
      return nil
    }
    return "Print its successor with 'inject-envoy gateway \(.meshFile, "FILE") \(.gateway) "
      + "\(resource.name)'."
  }
}
