import LosslessJSON

/// One option of the command: a row of ``OptionTable``.
///
/// The command line, the environment, the configuration file, docker labels, help, messages and the
/// fuzzer read the row; nothing else knows the option.
struct Option: Sendable {
  /// Where an option can be set, other than in a docker label.
  enum Source: Sendable, CaseIterable { case flag, variable, key }

  /// Whether a docker label of a document can set the option.
  enum LabelUse: Sendable {
    /// Unless `--labels` says otherwise: the application's team knows it best.
    case byDefault
    /// Only when `--labels` names the option.
    case whenNamed
    /// The option is about the call, is read before any document, or has no effect on a task.
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
  /// Values that the option may refuse, for the fuzzer.
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
  /// Whether the short help lists it.
  private(set) var isCommon = false
  /// Reads the values and stores the result. The order of the rows does not matter: what depends on
  /// several options is checked by ``CallOptions/resolve(_:)``.
  let apply: @Sendable (inout CallOptions, [String]) throws(Problem) -> Void

  /// - Parameters:
  ///   - form: how the values are written and read.
  ///   - keyPath: where the result is stored.
  init<Value>(
    _ name: String, _ form: Form<Value>, _ help: String,
    _ keyPath: any WritableKeyPath<CallOptions, Value> & Sendable
  ) {
    self.init(name, form, help) { options, value in options[keyPath: keyPath] = value }
  }

  /// - Parameter keyPath: where the result is stored. It holds `nil` if the option is not given.
  init<Value>(
    _ name: String, _ form: Form<Value>, _ help: String,
    optional keyPath: any WritableKeyPath<CallOptions, Value?> & Sendable
  ) {
    self.init(name, form, help) { options, value in options[keyPath: keyPath] = value }
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

  /// The commands that accept the option; others refuse its flag.
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
  /// Options that help lists together.
  ///
  /// - Parameters:
  ///   - audience: the commands that accept an option which does not say ``only(_:)``.
  ///   - labels: likewise for ``labels(_:)``.
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

  /// The commands that accept it, if they differ from those of the group.
  func only(_ audience: Audience) -> Option { changing { $0.own.audience = audience } }

  func labels(_ labels: LabelUse) -> Option { changing { $0.own.labels = labels } }

  /// - Parameter text: what help prints as the default.
  func standard(_ text: String) -> Option { changing { $0.standard = text } }

  func letter(_ letter: Character) -> Option { changing { $0.letter = letter } }

  /// The only places, other than labels, where it can be set.
  func from(_ sources: Source...) -> Option { changing { $0.sources = sources } }

  /// - Parameter chooses: whether setting the option chooses the control plane.
  func of(_ plane: ControlPlaneName, chooses: Bool = false) -> Option {
    changing {
      $0.plane = plane
      $0.choosesPlane = chooses
    }
  }

  /// The short help lists it.
  func common() -> Option { changing { $0.isCommon = true } }

  private func changing(_ change: (inout Option) -> Void) -> Option {
    var option = self
    change(&option)
    return option
  }
}
