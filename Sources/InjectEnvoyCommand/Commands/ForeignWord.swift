/// Words that people type because other programs have commands of these names.
enum ForeignWord {
  private static let advice = [
    "diff": "--diff", "plan": "--diff", "preview": "--diff", "lint": "check", "validate": "check",
    "verify": "check", "test": "check", "add": "inject", "apply": "inject", "patch": "inject",
    "remove": "uninject", "undo": "uninject", "restore": "uninject", "revert": "uninject",
    "config": "bootstrap", "iam": "policy",
  ]

  /// - Parameter word: the first word of a command line that names no command.
  /// - Throws: if the word is one of these, and not the name of a file.
  static func check(_ word: String?) throws(CommandError) {
    guard let word, let right = advice[word], !FileBytes.exists(word) else { return }
    throw .usage(
      "'\(word)' is neither a command nor a file.",
      fix: "Write 'inject-envoy \(right)' in its place.")
  }
}
