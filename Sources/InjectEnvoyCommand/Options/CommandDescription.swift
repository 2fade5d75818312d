/// The words of a command line that are not options.
enum Operands: Sendable {
  /// Any number of files.
  case files
  case nothing
  /// At most one of these words. `kind` is the noun for it in messages.
  case word(kind: String, among: @Sendable () -> [String])
}

/// The description of a command for the command line and help.
struct CommandDescription: Sendable {
  /// The word that selects the command.
  let name: String
  /// A sentence fragment that begins with a verb.
  let summary: String
  /// The words after the program's name in a usage line.
  let usage: String
  /// A useful call of the command.
  let example: String
  /// The sets of commands that it belongs to. They decide which options it accepts.
  let audiences: [Audience]
  /// The words that are not options.
  var operands = Operands.files

  /// The options that it accepts, in the order of help.
  var options: [Option] { OptionTable.all.filter(accepts) }

  func accepts(_ option: Option) -> Bool {
    option.audience == .all || audiences.contains(option.audience)
  }

  /// Whether variables, labels and the configuration file can set its options.
  var usesSettings: Bool { audiences.contains(.mesh) }
}
