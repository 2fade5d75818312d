import EnvoyInjector

/// A command of the program: a type in a file of its own, and a line in ``Subcommands/all``.
protocol Subcommand: Sendable {
  static var description: CommandDescription { get }

  /// Reads and checks everything that does not depend on a document.
  init(_ call: Call) throws(CommandError)

  func run(_ streams: Streams) throws -> ExitStatus
}

/// The words and variables that a command is run with.
struct Call: Sendable {
  var arguments: CommandLineArguments
  let environment: [String: String]
  let streams: Streams

  /// The options of the call, from all places where they can be set.
  func sources() throws(CommandError) -> OptionSources {
    try OptionSources(arguments, environment, streams)
  }
}

enum Subcommands {
  /// Every command, in the order of help.
  static let all: [any Subcommand.Type] = [
    Inject.self, Uninject.self, CheckDocuments.self, PrintGateway.self, PrintPolicy.self,
    PrintBootstrap.self, DescribeMesh.self, InjectAssembly.self, AnswerTerraform.self,
    ListFilters.self, PrintCompletion.self, PrintManual.self, PrintSchema.self,
    PrintLicenses.self, PrintHelp.self, PrintVersion.self,
  ]

  /// The command that runs if none is named.
  private static let standard: any Subcommand.Type = Inject.self

  static let descriptions: [CommandDescription] = all.map { $0.description }

  static func named(_ name: String) -> any Subcommand.Type {
    all.first { $0.description.name == name } ?? standard
  }
}

extension CommandLineArguments {
  init(_ words: [String]) throws(CommandError) {
    try self.init(words, among: Subcommands.descriptions)
  }
}
