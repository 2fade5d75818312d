import LosslessJSON

/// One option of the command: a row of ``OptionTable``.
///
/// The command line, the environment, the configuration file, docker labels, help, messages and the fuzzer
/// use the row. No other code knows the option.
struct Option: Sendable {
  /// Where an option can be set, other than in a docker label.
  enum Source: Sendable, CaseIterable { case flag, variable, key }

  /// Whether a docker label of a document can set the option.
  enum LabelUse: Sendable {
    /// A label is allowed unless `--labels` says otherwise, because the application's team knows the value best.
    case byDefault
    /// A label is allowed only if `--labels` names the option.
    case whenNamed
    /// Labels are never allowed: the option is about the call, is read before any document, or has no effect on
    /// a task.
    case never
  }

  /// Kebab-case, without dashes: the flag, the key of the configuration file, and the label after
  /// `inject-envoy.io/`.
  let name: String
  /// A flag of one letter, such as `q` for `-q`.
  private(set) var letter: Character?
  /// The value's name in help; `nil` for a switch.
  let placeholder: String?
  /// Whether the option can be given several times, and as a list in the configuration file.
  let isRepeated: Bool
  /// The values that the option accepts.
  let accepted: AcceptedValues
  /// A sentence fragment that begins with a noun or a verb.
  let help: String
  /// The default value, for help.
  private(set) var standard: String?
  /// Values that the option accepts. The fuzzer draws from them.
  let samples: @Sendable () -> [String]
  /// Values that the option may reject, for the fuzzer.
  let oddities: @Sendable () -> [String]
  private(set) var group = OptionGroup.output
  /// The audience and labels of the row's group.
  private var shared = (audience: Audience.all, labels: LabelUse.never)
  /// The audience and labels of the row itself; `nil` where the group's apply.
  private var own: (audience: Audience?, labels: LabelUse?) = (nil, nil)
  private(set) var sources = Source.allCases
  /// The control plane that the option is about.
  private(set) var plane: ControlPlaneName?
  /// Whether setting the option chooses its control plane.
  private(set) var choosesPlane = false
  /// The commands for which the option has an effect without its control plane.
  private(set) var independent: Audience?
  /// Whether the short help lists it.
  private(set) var isCommon = false
  /// Parses the values and stores the result. The order of the rows does not matter, because
  /// ``CallOptions/resolve(_:)`` checks conditions on several options.
  let apply: @Sendable (inout CallOptions, [String]) throws(Problem) -> Void

  /// - Parameters:
  ///   - form: the form of the values.
  ///   - keyPath: the property for the result. It is made only if the option is given, because making
  ///     the key paths of all options takes 2.7 million instructions.
  init<Value>(
    _ name: String, _ form: Form<Value>, _ help: String,
    _ keyPath: @autoclosure @escaping @Sendable () -> WritableKeyPath<CallOptions, Value>
  ) {
    self.init(name, form, help) { options, value in options[keyPath: keyPath()] = value }
  }

  /// - Parameter keyPath: the property for the result, which is `nil` if the option is not given.
  init<Value>(
    _ name: String, _ form: Form<Value>, _ help: String,
    optional keyPath: @autoclosure @escaping @Sendable () -> WritableKeyPath<CallOptions, Value?>
  ) {
    self.init(name, form, help) { options, value in options[keyPath: keyPath()] = value }
  }

  private init<Value>(
    _ name: String, _ form: Form<Value>, _ help: String,
    store: @escaping @Sendable (inout CallOptions, Value) -> Void
  ) {
    self.name = name
    placeholder = form.placeholder
    isRepeated = form.isRepeated
    accepted = form.accepted
    samples = form.samples
    oddities = form.oddities
    self.help = form.range.map { "\(help) (\($0))" } ?? help
    apply = { options, values throws(Problem) in store(&options, try form.read(values)) }
  }

  /// The commands that accept the option. Other commands reject its flag.
  var audience: Audience { own.audience ?? shared.audience }

  var labels: LabelUse { own.labels ?? shared.labels }

  static let variablePrefix = "INJECT_ENVOY_"

  var flag: String { "--\(name)" }

  /// The flag with its value, as help prints it.
  var usage: String { placeholder.map { "\(flag) \($0)" } ?? flag }

  var variable: String {
    Self.variablePrefix + String(name.uppercased().map { $0 == "-" ? "_" : $0 })
  }
}

/// The optional attributes of a row.
extension Option {
  /// Adds the properties that the options of a group share.
  ///
  /// - Parameters:
  /// - audience: the commands that accept an option without ``only(_:)``.
  /// - labels: the use of labels for an option without ``labels(_:)``.
  static func group(
    _ group: OptionGroup, for audience: Audience, labels: LabelUse = .whenNamed,
    _ options: [Option]
  ) -> [Option] {
    options.map { option in
      option.changing {
        $0.group = group
        $0.shared = (audience, labels)
      }
    }
  }

  /// Sets the commands that accept the option, if they differ from those of the group.
  func only(_ audience: Audience) -> Option { changing { $0.own.audience = audience } }

  func labels(_ labels: LabelUse) -> Option { changing { $0.own.labels = labels } }

  /// - Parameter text: the text of the default in help.
  func standard(_ text: String) -> Option { changing { $0.standard = text } }

  func letter(_ letter: Character) -> Option { changing { $0.letter = letter } }

  /// Sets the sources of the option, other than labels.
  func from(_ sources: Source...) -> Option { changing { $0.sources = sources } }

  /// - Parameters:
  ///   - chooses: whether setting the option chooses the control plane.
  ///   - independent: the commands for which the option has an effect without the control plane.
  func of(
    _ plane: ControlPlaneName, chooses: Bool = false, except independent: Audience? = nil
  ) -> Option {
    changing {
      $0.plane = plane
      $0.choosesPlane = chooses
      $0.independent = independent
    }
  }

  /// Lists the option in the short help.
  func common() -> Option { changing { $0.isCommon = true } }

  private func changing(_ change: (inout Option) -> Void) -> Option {
    var option = self
    change(&option)
    return option
  }
}
