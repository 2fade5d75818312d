import LosslessJSON

/// The docker labels that may set options: the value of `--labels`.
struct LabelRules: Hashable, Sendable {
  /// Words that represent several labels.
  private enum Word: String {
    case all
    case nothing = "none"
    case `default`
  }

  /// The label that leaves a document unchanged. It belongs to no option.
  static let inject = "inject"
  static let byDefault: LabelRules = LabelRules(names: defaultNames)

  private static let defaultNames: [String] =
    OptionTable.all.filter { $0.labels == .byDefault }.map(\.name) + [inject]
  private static let allNames: [String] =
    OptionTable.all.filter { $0.labels != .never }.map(\.name) + [inject]

  private let names: Set<String>
  /// How the option was written.
  private let spelling: [String]

  private init(names: [String]) {
    self.names = Set(names)
    spelling = [Word.default.rawValue]
  }

  /// - Parameter values: each is a name, or several with commas between them.
  init(_ values: [String]) throws(Problem) {
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
        throw .usage("'\(word)' and other values exclude each other.", fix: "Give it alone.")
      case nil:
        guard Self.allNames.contains(word) else { throw Self.unknown(word) }
        names.insert(word)
      }
    }
    self.names = names
    spelling = words
  }

  func allows(_ name: String) -> Bool { names.contains(name) }

  /// The problem of a label that is not allowed.
  func refusal(of name: String) -> Problem {
    let words = spelling == [Word.nothing.rawValue] ? [] : spelling
    let flag = name == Self.inject ? "" : "give --\(name) on the command line, "
    return .usage(
      "The label inject-envoy.io/\(name) is not allowed.",
      fix: "Remove the label, \(flag)or allow the label with --labels "
        + (words + [name]).joined(separator: ","))
  }

  private static func unknown(_ word: String) -> Problem {
    let hint = Spelling.closest(to: word, among: allNames)
    return .usage(
      "No label can set '\(word)'.",
      fix: hint.map { "Did you mean '\($0)'?" }
        ?? "Write all, none, default, or names of options that describe a task.")
  }
}
