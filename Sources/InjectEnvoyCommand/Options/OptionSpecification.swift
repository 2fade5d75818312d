import EnvoyInjector

/// One option: its name on the command line, which is its key in the configuration file, after
/// `inject-envoy.io/` in labels and, in capitals, after `INJECT_ENVOY_` in the environment.
struct OptionSpecification: Sendable {
  /// Kebab-case, without dashes in front.
  let name: String
  /// What help calls the value; `nil`: a switch.
  let placeholder: String?
  /// Whether it may be given several times, and as a list in the configuration file.
  let isRepeated: Bool
  let help: String
  /// The commands on which it has an effect: others refuse it on their command line.
  private(set) var commands = Subcommand.injectingCommands
  /// Whether a docker label may set it.
  private(set) var labels = LabelUse.whenNamed
  /// Sets the option.
  let apply: @Sendable (inout CallOptions, [String]) throws(ValueProblem) -> Void

  /// Whether a label can set it for one task.
  var isAboutTask: Bool { commands.contains(.inject) && labels != .never }

  static let environmentPrefix = "INJECT_ENVOY_"

  var environmentName: String {
    Self.environmentPrefix + String(name.uppercased().map { $0 == "-" ? "_" : $0 })
  }

  func only(_ commands: [Subcommand]) -> OptionSpecification {
    var option = self
    option.commands = commands
    return option
  }

  /// The option means the same for all documents of a call, so that no label can set it.
  func ofCall() -> OptionSpecification { labels(.never) }

  /// A label can set it unless `--labels` forbids that.
  func byLabel() -> OptionSpecification { labels(.byDefault) }

  private func labels(_ use: LabelUse) -> OptionSpecification {
    var option = self
    option.labels = use
    return option
  }

  /// An option with one value.
  static func value(
    _ name: String, _ placeholder: String, _ help: String,
    _ apply: @escaping @Sendable (inout InjectionOptions, String) throws(ValueProblem) -> Void
  ) -> OptionSpecification {
    callValue(name, placeholder, help) { call, value throws(ValueProblem) in
      try apply(&call.injection, value)
    }
  }

  /// An option with one value that is not about injection.
  static func callValue(
    _ name: String, _ placeholder: String, _ help: String,
    _ apply: @escaping @Sendable (inout CallOptions, String) throws(ValueProblem) -> Void
  ) -> OptionSpecification {
    OptionSpecification(name: name, placeholder: placeholder, isRepeated: false, help: help) {
      call, values throws(ValueProblem) in
      guard let value = values.last else { return }
      try apply(&call, value)
    }
  }

  /// An option with a value each time it is given.
  static func values(
    _ name: String, _ placeholder: String, _ help: String,
    _ apply: @escaping @Sendable (inout InjectionOptions, [String]) throws(ValueProblem) -> Void
  ) -> OptionSpecification {
    callValues(name, placeholder, help) { call, values throws(ValueProblem) in
      try apply(&call.injection, values)
    }
  }

  /// An option with a value each time it is given that is not about injection.
  static func callValues(
    _ name: String, _ placeholder: String, _ help: String,
    _ apply: @escaping @Sendable (inout CallOptions, [String]) throws(ValueProblem) -> Void
  ) -> OptionSpecification {
    OptionSpecification(
      name: name, placeholder: placeholder, isRepeated: true, help: help, apply: apply)
  }

  /// A switch.
  static func flag(
    _ name: String, _ help: String,
    _ apply: @escaping @Sendable (inout InjectionOptions, Bool) -> Void
  ) -> OptionSpecification {
    callFlag(name, help) { apply(&$0.injection, $1) }
  }

  /// A switch that is not about injection.
  static func callFlag(
    _ name: String, _ help: String,
    _ apply: @escaping @Sendable (inout CallOptions, Bool) -> Void
  ) -> OptionSpecification {
    OptionSpecification(name: name, placeholder: nil, isRepeated: false, help: help) {
      call, values throws(ValueProblem) in
      apply(&call, try Value.flag(values.last ?? "true"))
    }
  }
}
