import EnvoyInjector

/// One option of `inject`: its name on the command line, which is its key in the configuration
/// file, after `inject-envoy.io/` in labels and, in capitals, after `INJECT_ENVOY_` in the
/// environment.
struct OptionSpecification: Sendable {
  /// Kebab-case, without dashes in front.
  let name: String
  /// What help calls the value; `nil`: a switch.
  let placeholder: String?
  /// Whether it may be given several times, and as a list in the configuration file.
  let isRepeated: Bool
  let help: String
  /// Sets the option.
  let apply: @Sendable (inout InjectionOptions, [String]) throws(ValueProblem) -> Void

  var environmentName: String {
    "INJECT_ENVOY_" + String(name.uppercased().map { $0 == "-" ? "_" : $0 })
  }

  /// An option with one value.
  static func value(
    _ name: String, _ placeholder: String, _ help: String,
    _ apply: @escaping @Sendable (inout InjectionOptions, String) throws(ValueProblem) -> Void
  ) -> OptionSpecification {
    OptionSpecification(name: name, placeholder: placeholder, isRepeated: false, help: help) {
      options, values throws(ValueProblem) in
      guard let value = values.last else { return }
      try apply(&options, value)
    }
  }

  /// An option with a value each time it is given.
  static func values(
    _ name: String, _ placeholder: String, _ help: String,
    _ apply: @escaping @Sendable (inout InjectionOptions, [String]) throws(ValueProblem) -> Void
  ) -> OptionSpecification {
    OptionSpecification(
      name: name, placeholder: placeholder, isRepeated: true, help: help, apply: apply)
  }

  /// A switch.
  static func flag(
    _ name: String, _ help: String,
    _ apply: @escaping @Sendable (inout InjectionOptions, Bool) -> Void
  ) -> OptionSpecification {
    OptionSpecification(name: name, placeholder: nil, isRepeated: false, help: help) {
      options, values throws(ValueProblem) in
      apply(&options, try Value.flag(values.last ?? "true"))
    }
  }
}
