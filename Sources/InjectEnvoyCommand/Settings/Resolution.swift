import EnvoyInjector
import LosslessJSON

extension CallOptions {
  /// Parses raw settings in the order of the table.
  ///
  /// - Throws: a problem for the first option with an invalid value.
  init(reading settings: Settings, for command: CommandDescription) throws(Problem) {
    self.init()
    for option in command.options {
      guard let entry = settings[option] else { continue }
      do throws(Problem) {
        try option.apply(&self, entry.values)
      } catch {
        throw error.value(of: option, from: entry)
      }
    }
  }

  /// Checks options that depend on each other, and chooses the control plane. ``OptionSources`` adds the control
  /// plane of a mesh, because its files must be read first.
  ///
  /// - Parameter settings: the settings that were read, for messages.
  mutating func resolve(
    _ settings: Settings, for command: CommandDescription
  ) throws(Problem) {
    let options = command.options.filter { option in
      let isIndependent = option.independent.map(command.audiences.contains) == true
      return settings.has(option) && option.plane != nil && !isIndependent
    }
    let chosen = chosenPlanes
    guard chosen.count < 2 else {
      let choosing = options.filter { $0.choosesPlane && chosen.contains($0.plane) }
      throw .twoControlPlanes(choosing.compactMap { settings[$0]?.source })
    }
    for option in options where !option.choosesPlane && option.plane != chosen.first {
      guard let entry = settings[option], !option.isOff(entry) else { continue }
      throw .missingPlane(of: option, from: entry)
    }
    if let xds { injection.controlPlane = .xds(xds, usesTLS: xdsUsesTLS) }
    if let resource = virtualNode ?? virtualGateway {
      injection.controlPlane = .appMesh(resource)
    }
  }

  private var chosenPlanes: [ControlPlaneName?] {
    let isAppMesh = virtualNode != nil || virtualGateway != nil
    return [isAppMesh ? .appMesh : nil, xds == nil ? nil : .xds, mesh.files.isEmpty ? nil : .mesh]
      .filter { $0 != nil }
  }
}

extension Option {
  /// Whether a switch is given, but not set.
  fileprivate func isOff(_ entry: Settings.Entry) -> Bool {
    placeholder == nil && ["false", "0"].contains(entry.values.last)
  }
}

extension Problem {
  /// The problem with an option's value, with its source. If it has no advice, it gets the option's help as
  /// advice.
  fileprivate func value(of option: Option, from entry: Settings.Entry) -> Problem {
    let fix = fix.spelled
    return .usage(
      "\(entry.source): \(text.spelled)",
      fix: fix.isEmpty ? "\(option.usage): \(option.help)" : fix)
  }

  fileprivate static func twoControlPlanes(_ sources: [String]) -> Problem {
    .usage(
      "\(sources.joined(separator: " and ")) exclude each other: each chooses where Envoy gets its "
        + "configuration.", fix: "Give one of them.")
  }

  /// The problem with an option of a control plane that was not chosen.
  fileprivate static func missingPlane(of option: Option, from entry: Settings.Entry) -> Problem {
    let chooser = OptionTable.all.first { $0.plane == option.plane && $0.choosesPlane }
    let missing = option.plane == .xds ? "There is no ADS server." : "There is no mesh."
    return .usage(
      "\(entry.source): \(missing)",
      fix: "Give \(chooser?.flag ?? option.flag) as well, or leave it out.")
  }
}
