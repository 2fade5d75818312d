/// What the command line and help know about a command.
struct CommandDescription: Sendable {
  /// Its first word.
  let name: String
  /// A sentence fragment that begins with a verb.
  let summary: String
  /// What follows the program's name, as usage lines print it.
  let usage: String
  /// One call that does something useful.
  let example: String
  /// The sets of commands that it belongs to, which decide the options that it accepts.
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
