import EnvoyInjector

/// `inject-envoy filters`: the pipeline, one filter a line.
enum ListFilters {
  static var text: String {
    let width = FilterDescription.all.map(\.name.utf8.count).max() ?? 0
    return FilterDescription.all.map { filter in
      let padding = String(repeating: " ", count: width - filter.name.utf8.count)
      return "\(filter.name)\(padding)  \(filter.summary)\n"
    }.joined()
  }
}
