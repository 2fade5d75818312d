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
  let audiences: Set<Audience>
  /// Whether words that are not options are files.
  var readsFiles = true

  /// The options that it accepts, in the order of help.
  var options: [Option] { OptionTable.all.filter(accepts) }

  func accepts(_ option: Option) -> Bool {
    option.audience == .all || audiences.contains(option.audience)
  }

  /// Whether variables, labels and the configuration file can set its options.
  var usesSettings: Bool { audiences.contains(.mesh) }
}
