import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Raw settings: the values of options as texts, and the source of each. Layers of settings are merged, and
/// for each option the higher layer wins.
struct Settings: Sendable {
  struct Entry: Hashable, Sendable {
    var values: [String]
    /// The source for messages: `--user`, `INJECT_ENVOY_USER`, `inject-envoy.yaml: user`.
    var source: String
  }

  private var entries: [String: Entry] = [:]
  /// Variables with our prefix that do not match an option. They may belong to another program or a newer version.
  private(set) var unknownVariables: [String] = []

  subscript(option: Option) -> Entry? { entries[option.name] }

  func has(_ option: Option) -> Bool { entries[option.name] != nil }

  /// - Throws: a problem if an option with a single value is set twice.
  mutating func add(_ option: Option, _ value: String, source: String) throws(Problem) {
    if option.isRepeated, has(option) {
      entries[option.name]?.values.append(value)
    } else if let earlier = self[option], earlier.values != [value] {
      throw .usage("\(source) is given twice.", fix: "Give it once.")
    } else {
      entries[option.name] = Entry(values: [value], source: source)
    }
  }

  /// These settings, plus those of `lower` for options that are not set here. If these settings choose a control
  /// plane, the settings of other control planes in `lower` are removed.
  func over(_ lower: Settings) -> Settings {
    var below = lower.entries
    for option in OptionTable.all where option.choosesPlane && has(option) {
      for other in OptionTable.all
      where other.plane != nil && other.plane != option.plane && other.independent == nil {
        below[other.name] = nil
      }
    }
    var merged = self
    merged.entries.merge(below) { higher, _ in higher }
    return merged
  }
}

extension Settings {
  /// Reads the variables `INJECT_ENVOY_…`. An empty variable counts as unset. Values of a repeatable option are
  /// separated by newlines.
  init(environment: [String: String]) {
    for (name, value) in environment.sorted(by: { $0.key < $1.key })
    where name.hasPrefix(Option.variablePrefix) {
      let option = OptionTable.all.first { $0.variable == name && $0.sources.contains(.variable) }
      guard let option else {
        unknownVariables.append(name)
        continue
      }
      guard !value.isEmpty else { continue }
      let values = option.isRepeated ? value.split(separator: "\n").map(String.init) : [value]
      guard !values.isEmpty else { continue }
      entries[option.name] = Entry(values: values, source: name)
    }
  }

  /// - Throws: a problem if a variable's name is similar to that of an option's variable.
  func checkVariables() throws(Problem) {
    guard !unknownVariables.isEmpty else { return }
    // All variables have the prefix, so it is ignored in the comparison.
    let prefix = Option.variablePrefix
    let names = OptionTable.all.filter { $0.sources.contains(.variable) }
      .map { String($0.variable.dropFirst(prefix.count)) }
    for name in unknownVariables {
      let word = String(name.dropFirst(prefix.count))
      guard let hint = Spelling.closest(to: word, among: names) else { continue }
      throw .usage(
        "The environment variable \(name) sets no option.", fix: "Did you mean \(prefix)\(hint)?")
    }
  }

  /// Reads the labels `inject-envoy.io/OPTION`. Values of a repeatable option are separated by commas.
  ///
  /// - Parameter rules: the labels that are allowed.
  /// - Throws: a problem if a label does not match an option, has no effect on a task, or is not allowed.
  init(labels: Injector.Labels, allowed rules: LabelRules) throws(Problem) {
    for label in labels {
      let source = "label inject-envoy.io/\(label.name)"
      guard let option = OptionTable.option(label.name) else {
        guard label.name == LabelRules.inject else {
          throw .unknownOption(label.name, source: source)
        }
        guard rules.allows(label.name) else { throw rules.refusal(of: label.name) }
        continue
      }
      guard option.labels != .never else {
        throw .usage(
          "\(source) has no effect on a task definition.",
          fix: "Remove it, and give \(option.flag) on the command line.")
      }
      guard rules.allows(label.name) else { throw rules.refusal(of: label.name) }
      let values =
        option.isRepeated
        ? label.value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        : [label.value]
      for value in values { try add(option, value, source: source) }
    }
  }
}

extension Problem {
  static func unknownOption(_ name: String, source: String) -> Problem {
    let hint = Spelling.closest(to: name, among: OptionTable.all.map(\.name))
    return .usage(
      "\(source): There is no option '\(name)'.",
      fix: hint.map { "Did you mean '\($0)'?" }
        ?? "'inject-envoy COMMAND --help' lists the options of a command.")
  }
}
