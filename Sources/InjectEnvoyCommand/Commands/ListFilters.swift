import EnvoyInjector

/// `inject-envoy filters`: the pipeline, one filter per line.
struct ListFilters: Subcommand {
  static let description = CommandDescription(
    name: "filters", summary: "List the filters of the pipeline in order", usage: "filters",
    example: "inject-envoy filters", audiences: [], operands: .nothing)

  init(_ call: Call) {}

  func run(_ streams: Streams) throws -> ExitStatus {
    try streams.write(Array(Self.text.utf8))
    return .done
  }

  private static var text: String {
    let width = FilterDescription.all.map(\.name.utf8.count).max() ?? 0
    return FilterDescription.all.map { filter in
      let padding = String(repeating: " ", count: width - filter.name.utf8.count)
      return "\(filter.name)\(padding)  \(filter.summary)\n"
    }.joined()
  }
}
