import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// What users set, and where: layers of which the higher one wins, option by option.
struct Settings: Sendable {
  struct Setting: Hashable, Sendable {
    var values: [String]
    /// Where it was set, for messages: `--user`, `INJECT_ENVOY_USER`, `inject-envoy.yaml: user`.
    var source: String
  }

  private var settings: [String: Setting] = [:]
  /// Variables with our prefix that set no option: another program's, or a newer version's.
  private(set) var unknownVariables: [String] = []

  /// - Throws: when no option has that name.
  mutating func add(_ name: String, _ value: String, source: String) throws(CommandError) {
    guard let option = OptionTable.option(name) else {
      throw CommandError.unknownOption(name, source: source)
    }
    if option.isRepeated, settings[name] != nil {
      settings[name]?.values.append(value)
    } else if let earlier = settings[name], earlier.values != [value] {
      throw CommandError.usage("\(source) is given twice", fix: "give it once")
    } else {
      settings[name] = Setting(values: [value], source: source)
    }
  }

  /// These settings, and for options that they do not set those of `lower`. Naming a
  /// control plane here takes away another one below.
  func over(_ lower: Settings) -> Settings {
    var below = lower.settings
    for (name, excluded) in OptionTable.exclusions where settings[name] != nil {
      for other in excluded { below[other] = nil }
    }
    var merged = self
    merged.settings.merge(below) { higher, _ in higher }
    return merged
  }

  /// - Throws: at the first option, in the table's order, whose value can't be used.
  func apply(to options: inout CallOptions, for command: Subcommand) throws(OptionError) {
    for option in OptionTable.all where option.commands.contains(command) {
      guard let setting = settings[option.name] else { continue }
      do throws(ValueProblem) {
        try option.apply(&options, setting.values)
      } catch {
        throw OptionError(
          "\(setting.source): \(error.text)",
          fix: Wording(verbatim: error.fix ?? "\(option.name): \(option.help)"))
      }
    }
  }
}

extension Settings {
  /// `INJECT_ENVOY_…` variables; an empty one counts as unset, and several values of a repeated
  /// option are separated by line ends.
  ///
  /// - Throws: when a variable's name is nearly that of an option.
  init(environment: [String: String]) throws(CommandError) {
    for (name, value) in environment.sorted(by: { $0.key < $1.key })
    where name.hasPrefix(OptionSpecification.environmentPrefix)
      && name != ConfigurationFile.environmentName
    {
      guard let option = OptionTable.all.first(where: { $0.environmentName == name }) else {
        if let error = CommandError.misspelledVariable(name) { throw error }
        unknownVariables.append(name)
        continue
      }
      guard !value.isEmpty else { continue }
      let values =
        option.isRepeated ? value.split(separator: "\n").map(String.init) : [value]
      for value in values { try add(option.name, value, source: name) }
    }
  }

  /// Labels `inject-envoy.io/OPTION`; several values of a repeated option are separated by commas.
  ///
  /// - Parameter rules: which labels are allowed.
  /// - Throws: when a label names no option, one that has no effect on a task, or one that is not
  ///   allowed.
  init(labels: Injector.Labels, allowed rules: LabelRules) throws(CommandError) {
    for label in labels {
      let option = OptionTable.option(label.name)
      let isSwitch = CommandLineArguments.switches.contains { $0.name == label.name }
      guard option?.isAboutTask ?? !isSwitch else {
        throw .usage(
          "label inject-envoy.io/\(label.name) has no effect on a task definition",
          fix: "remove it, and give --\(label.name) on the command line")
      }
      let isKnown = option != nil || label.name == LabelRules.inject
      guard !isKnown || rules.allows(label.name) else { throw rules.refusal(of: label.name) }
      if label.name == LabelRules.inject { continue }
      let isRepeated = option?.isRepeated == true
      let values =
        isRepeated
        ? label.value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        : [label.value]
      for value in values {
        try add(label.name, value, source: "label inject-envoy.io/\(label.name)")
      }
    }
  }
}
