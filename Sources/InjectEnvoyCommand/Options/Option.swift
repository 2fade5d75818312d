import LosslessJSON

/// One option of the command: a row of ``OptionTable``.
///
/// The command line, the environment, the configuration file, docker labels, help, messages and the fuzzer
/// use the row. No other code knows the option.
///
/// A class, because every search of the table would copy the rows that it passes.
final class Option: Sendable {
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
  private let makePlaceholder: @Sendable () -> String?
  /// Whether the option can be given several times, and as a list in the configuration file.
  let isRepeated: Bool
  /// The values that the option accepts.
  let accepted: AcceptedValues
  private let sentence: String
  private let range: @Sendable () -> String?
  /// Values that the option accepts. The fuzzer draws from them.
  let samples: @Sendable () -> [String]
  /// Values that the option may reject, for the fuzzer.
  let oddities: @Sendable () -> [String]
  /// Parses the values and stores the result. The order of the rows does not matter, because
  /// ``CallOptions/resolve(_:)`` checks conditions on several options.
  let apply: @Sendable (inout CallOptions, [String]) throws(Problem) -> Void
  private let attributes: Attributes

  /// The attributes that most rows leave out.
  private struct Attributes: Sendable {
    var letter: Character?
    var standard: String?
    var group = OptionGroup.output
    /// The audience and labels of the row's group.
    var shared = (audience: Audience.all, labels: LabelUse.never)
    /// The audience and labels of the row itself; `nil` where the group's apply.
    var own: (audience: Audience?, labels: LabelUse?) = (nil, nil)
    var sources = Source.allCases
    var plane: ControlPlaneName?
    var choosesPlane = false
    var independent: Audience?
    var isCommon = false
  }

  /// - Parameters:
  ///   - form: the form of the values.
  ///   - keyPath: the property for the result. It is made only if the option is given, because making
  ///     the key paths of all options takes 2.7 million instructions.
  convenience init<Value>(
    _ name: String, _ form: Form<Value>, _ help: String,
    _ keyPath: @autoclosure @escaping @Sendable () -> WritableKeyPath<CallOptions, Value>
  ) {
    self.init(name, form, help) { options, value in options[keyPath: keyPath()] = value }
  }

  /// - Parameter keyPath: the property for the result, which is `nil` if the option is not given.
  convenience init<Value>(
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
    makePlaceholder = form.placeholder
    isRepeated = form.isRepeated
    accepted = form.accepted
    samples = form.samples
    oddities = form.oddities
    sentence = help
    range = form.range
    apply = { options, values throws(Problem) in store(&options, try form.read(values)) }
    attributes = Attributes()
  }

  private init(_ option: Option, _ attributes: Attributes) {
    name = option.name
    makePlaceholder = option.makePlaceholder
    isRepeated = option.isRepeated
    accepted = option.accepted
    sentence = option.sentence
    range = option.range
    samples = option.samples
    oddities = option.oddities
    apply = option.apply
    self.attributes = attributes
  }

  /// The value's name in help; `nil` for a switch.
  var placeholder: String? { makePlaceholder() }

  /// A sentence fragment that begins with a noun or a verb.
  var help: String { range().map { "\(sentence) (\($0))" } ?? sentence }

  /// A flag of one letter, such as `q` for `-q`.
  var letter: Character? { attributes.letter }

  /// The default value, for help.
  var standard: String? { attributes.standard }

  var group: OptionGroup { attributes.group }

  /// The commands that accept the option. Other commands reject its flag.
  var audience: Audience { attributes.own.audience ?? attributes.shared.audience }

  var labels: LabelUse { attributes.own.labels ?? attributes.shared.labels }

  var sources: [Source] { attributes.sources }

  /// The control plane that the option is about.
  var plane: ControlPlaneName? { attributes.plane }

  /// Whether setting the option chooses its control plane.
  var choosesPlane: Bool { attributes.choosesPlane }

  /// The commands for which the option has an effect without its control plane.
  var independent: Audience? { attributes.independent }

  /// Whether the short help lists it.
  var isCommon: Bool { attributes.isCommon }

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

  private func changing(_ change: (inout Attributes) -> Void) -> Option {
    var attributes = attributes
    change(&attributes)
    return Option(self, attributes)
  }
}
