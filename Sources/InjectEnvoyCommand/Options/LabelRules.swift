import EnvoyInjector
import TaskDefinitions

/// Whether a docker label may set an option.
enum LabelUse: Sendable {
  /// Unless `--labels` says otherwise: the application's team knows it best.
  case byDefault
  /// Only when `--labels` names the option.
  case whenNamed
  /// It holds for all documents of a call, or has no effect on a task.
  case never
}

/// Which docker labels are allowed: the value of `--labels`.
struct LabelRules: Hashable, Sendable {
  /// Words that stand for several labels.
  private enum Word: String {
    case all
    case nothing = "none"
    case `default`
  }

  /// The label that leaves a document unchanged. It belongs to no option.
  static let inject = "inject"
  static let byDefault = LabelRules(names: defaultNames)

  private static let defaultNames =
    OptionTable.all.filter { $0.labels == .byDefault }.map(\.name) + [inject]
  private static let allNames = OptionTable.all.filter(\.isAboutTask).map(\.name) + [inject]

  private let names: Set<String>
  /// How the option was written.
  private let spelling: [String]

  private init(names: [String]) {
    self.names = Set(names)
    spelling = [Word.default.rawValue]
  }

  /// - Parameter values: each is a name, or several with commas between them.
  init(_ values: [String]) throws(ValueProblem) {
    let words = values.flatMap {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var names: Set<String> = []
    for word in words {
      switch Word(rawValue: word) {
      case .all where words.count == 1: names.formUnion(Self.allNames)
      case .nothing where words.count == 1: break
      case .default: names.formUnion(Self.defaultNames)
      case .all, .nothing:
        throw ValueProblem("'\(word)' and other values exclude each other", fix: "give it alone")
      case nil:
        guard Self.allNames.contains(word) else { throw Self.unknown(word) }
        names.insert(word)
      }
    }
    self.names = names
    spelling = words
  }

  func allows(_ name: String) -> Bool { names.contains(name) }

  /// The error for a label that is not allowed.
  func refusal(of name: String) -> CommandError {
    let words = spelling == [Word.nothing.rawValue] ? [] : spelling
    let flag = name == Self.inject ? "" : "give --\(name) on the command line, "
    return .usage(
      "label inject-envoy.io/\(name) is not allowed",
      fix: "remove the label, \(flag)or allow the label with --labels "
        + (words + [name]).joined(separator: ","))
  }

  private static func unknown(_ word: String) -> ValueProblem {
    let hint = Spelling.closest(to: word, among: allNames)
    return ValueProblem(
      "no label can set '\(word)'",
      fix: hint.map { "did you mean '\($0)'?" }
        ?? "write all, none, default, or names of options that describe a task")
  }
}
