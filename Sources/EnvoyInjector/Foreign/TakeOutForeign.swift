import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Takes out an Envoy that this tool did not add: App Mesh as AWS's guides, the ECS Workshop and
/// the CDK's extensions set it up, or what is left of it.
///
/// There is no ledger, so what is not surely Envoy's stays, and is reported.
struct TakeOutForeign {
  static let name = "take-out-foreign"
  static let summary = "where it is asked for, take out an Envoy that this tool did not add"

  /// - Returns: whether there was anything to take out.
  func apply(to task: inout TaskDefinition, _ findings: inout Findings) -> Bool {
    task.filter = Self.name
    findings.stage = Self.name
    let edits = task.document.editCount
    let foreign = ForeignEnvoy(task)
    if let envoy = foreign.envoy, foreign.containers.count == task.containers.count {
      let name = task.name(of: envoy)
      findings.add(.alone(name, task.formerEnvoy?.standing(in: nil)), at: envoy, in: task.document)
      return false
    }
    if let envoy = foreign.containers.first(where: task.isConditional) {
      findings.add(.conditional(task.name(of: envoy)), at: envoy, in: task.document)
      return false
    }
    let names = foreign.containers.map { task.name(of: $0) }
    removeDependencies(on: names, &task)
    if let proxy = task.node(.proxyConfiguration) {
      task.remove(proxy, because: "without that proxy the redirected traffic would go nowhere")
    }
    if let envoy = foreign.envoy {
      task.remove(envoy, because: "it is an Envoy that this tool did not add")
    }
    if let daemon = foreign.daemon {
      task.remove(daemon, because: "it took spans from that Envoy and from nobody else")
    }
    // What stays has its place in the document that comes out.
    report(foreign, task, &findings)
    return task.document.editCount > edits
  }

  /// From containers that stay. Dependencies on nothing are what is left of an Envoy that was
  /// removed by halves: ECS would refuse them.
  private func removeDependencies(on names: [String], _ task: inout TaskDefinition) {
    for container in task.containers where !names.contains(task.name(of: container)) {
      let all = task.node(.dependsOn, of: container).map { task.document.elements(of: $0) } ?? []
      let gone = all.filter { dependency in
        guard let name = task.text(.containerName, of: dependency) else { return false }
        return names.contains(name) || task.container(named: name) == nil
      }
      if !gone.isEmpty, gone == all, let list = task.node(.dependsOn, of: container) {
        task.remove(list, because: "the containers that it names are no part of the task")
      } else {
        for dependency in gone {
          task.remove(dependency, because: "the container that it names is no part of the task")
        }
      }
    }
  }

  /// What stays although it may have come with Envoy.
  private func report(
    _ foreign: ForeignEnvoy, _ task: TaskDefinition, _ findings: inout Findings
  ) {
    for daemon in foreign.doubtful {
      findings.add(.keptDaemon(task.name(of: daemon)), at: daemon, in: task.document)
    }
    let volumes = { (container: NodeID) -> [String] in
      task.list(.mountPoints, of: container).compactMap { task.text(.sourceVolume, of: $0) }
    }
    let others = task.containers.filter { !foreign.containers.contains($0) }.flatMap(volumes)
    for volume in task.list(.volumes) {
      guard let name = task.text(.name, of: volume), !others.contains(name),
        foreign.containers.flatMap(volumes).contains(name)
      else { continue }
      findings.add(.keptVolume(name), at: volume, in: task.document)
    }
  }
}

extension Message {
  fileprivate static func alone(_ name: String, _ standing: FormerEnvoy.Standing?) -> Self {
    var fix: Wording?
    if case .resource(let resource) = standing, resource.kind == .virtualGateway {
      fix =
        "print its successor with 'inject-envoy gateway \(.meshFile, "FILE") \(.gateway) "
        + "\(resource.name)'"
    }
    return Self(
      .envoyAlone,
      "the task is the Envoy '\(name)' alone, as a gateway is: without it nothing would be left",
      fix: fix)
  }
  fileprivate static func conditional(_ name: String) -> Self {
    Self(
      .undecided,
      "whether the container '\(name)' is there is decided when the stack is deployed, so it can't "
        + "be taken out as if it always were",
      fix: "take its Fn::If out of the template by hand")
  }
  fileprivate static func keptDaemon(_ name: String) -> Self {
    Self(
      .keptDaemon,
      "the tracing daemon '\(name)' is kept: an application refers to it or sends spans")
  }
  fileprivate static func keptVolume(_ name: String) -> Self {
    Self(.keptVolume, "the volume '\(name)' is kept, and only Envoy mounted it")
  }
}
