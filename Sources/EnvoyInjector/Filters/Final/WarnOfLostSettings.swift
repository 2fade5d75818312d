import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Warns of what another's Envoy was told and ours is not, and says which options keep it.
struct WarnOfLostSettings: Check {
  static let name = "warn-of-lost-settings"
  static let summary = "warn of settings of a replaced Envoy that the new one has not"

  let former: FormerEnvoy
  let options: InjectionOptions

  func check(_ task: TaskDefinition, _ findings: inout Findings) {
    guard let envoy = task.envoy else { return }
    let place = task.node(.containerDefinitions)
    let (names, options) = lost(FormerSetting.View(task, envoy))
    if !names.isEmpty {
      findings.add(.settings(former.name, names, options), at: place, in: task.document)
    }
    let members = former.members.filter { task.value(envoy)[$0.name] != $0.value }
    if !members.isEmpty {
      findings.add(.members(former.name, members), at: place, in: task.document)
    }
    if !former.agentVariables.isEmpty {
      findings.add(.agent(former.agentVariables), at: place, in: task.document)
    }
  }

  /// What was set, and the options that set it again.
  private func lost(_ view: FormerSetting.View) -> (names: [String], options: [Wording]) {
    var names: [String] = []
    var kept: [Wording] = []
    for (setting, former) in zip(FormerSetting.all, former.settings) {
      // Where a mesh says on which ports its nodes listen, others were closed before.
      if setting.option == .appPort, options.mesh != nil { continue }
      let present = setting.present.map { $0(options) } ?? setting.read(view)
      guard let values = setting.kept(former, present) else { continue }
      let isSwitch = values == ["true"]
      names.append(setting.name + (isSwitch ? "" : " " + former.joined(separator: ",")))
      kept += values.map { "\(setting.option, isSwitch ? nil : $0)" }
    }
    let given = (options.environment + options.secrets).map(\.name)
    for variable in former.environment where !given.contains(variable.name) {
      names.append(variable.name)
      kept.append("\(variable.option, "\(variable.name)=\(variable.value)")")
    }
    return (names, kept)
  }
}

extension Message {
  fileprivate static func settings(_ name: String, _ names: [String], _ options: [Wording]) -> Self
  {
    Self(
      .lostSettings,
      "the Envoy '\(name)' that was replaced had settings that the new one has not: "
        + "\(names.joined(separator: ", "))",
      fix: options.reduce("keep those that matter with") { "\($0) \($1)" })
  }
  fileprivate static func members(_ name: String, _ members: [JSONValue.Member]) -> Self {
    Self(
      .lostSettings,
      "the Envoy '\(name)' that was replaced had members that the new one has not: "
        + "\(members.map(\.name).joined(separator: ", "))",
      fix: "keep those that matter in the configuration file with envoyContainer: "
        + "\(JSONValue.object(members).compactText)")
  }
  fileprivate static func agent(_ names: [String]) -> Self {
    Self(
      .lostSettings,
      "App Mesh's agent read \(names.joined(separator: ", ")), and Envoy alone does not",
      fix: "see what else does that job, or leave it")
  }
}
