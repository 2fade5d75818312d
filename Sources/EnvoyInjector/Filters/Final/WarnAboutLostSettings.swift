import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Warns about settings of a foreign Envoy that its replacement drops, and names the options that keep
/// them.
struct WarnAboutLostSettings: Check {
  static let name = "warn-of-lost-settings"
  static let summary = "Warn about settings of a replaced Envoy that the new one drops"

  let former: FormerEnvoy
  let options: InjectionOptions
  /// The new Envoy's container.
  let envoy: NodeID?

  func check(_ task: TaskDefinition, _ findings: inout Findings) {
    guard let envoy else { return }
    let place = task.node(.containerDefinitions)
    let (names, options) = lost(FormerSetting.View(task, envoy))
    if !names.isEmpty {
      findings.add(
        Self.lostSettings, values("settings", names),
        fix: options.reduce("Keep those that matter with") { "\($0) \($1)" }, at: place,
        in: task.document)
    }
    let members = former.members.filter { task.value(envoy)[$0.name] != $0.value }
    if !members.isEmpty {
      findings.add(
        Self.lostSettings, values("members", members.map(\.name)),
        fix: "Keep those that matter in the configuration file with envoyContainer: "
          + "\(JSONValue.object(members).compactText)", at: place, in: task.document)
    }
    if !former.agentVariables.isEmpty {
      findings.add(
        Self.lostSettings,
        values(former.hasAgent ? "agent variables" : "variables", former.agentVariables),
        at: place, in: task.document)
    }
  }

  private func values(_ kind: String, _ list: [String]) -> KeyValuePairs<String, String> {
    ["kind": kind, "name": former.name, "list": list.joined(separator: ", ")]
  }

  /// The settings that are lost, and the options that restore them.
  private func lost(_ view: FormerSetting.View) -> (names: [String], options: [Wording]) {
    var names: [String] = []
    var kept: [Wording] = []
    let isMeshed = options.controlPlane.source.ports(of: .virtualNode) != nil
    for (setting, former) in zip(FormerSetting.all, former.settings) {
      // A mesh describes the ports on which its nodes listen. Other ports were closed before.
      if setting.option == .appPort, isMeshed { continue }
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

extension WarnAboutLostSettings {
  static let rules = [lostSettings]

  private static let lostSettings = Rule.warning(
    "lost-settings", "The new Envoy drops these {kind} of '{name}', which it replaces: {list}.",
    fix: "Find a replacement for those that matter.")
}
