internal import EnvoyBootstrap

/// The order of precedence of routes that match the same request. The smallest one wins.
///
/// Routes are compared by priority (0 comes first, and routes without one come last), then by how specific
/// they are (exact path, expression, longest prefix, most conditions), and finally by name, so that the
/// order is deterministic.
struct RoutePrecedence: Comparable {
  private let ranks: [Int]
  private let name: String

  /// - Parameter hostRank: how specific the host is. A more specific host has a smaller rank.
  init(priority: Int?, hostRank: Int = 0, _ match: RouteMatch, isGiven: Bool = true, name: String) {
    let conditions = match.headers.count + match.queryParameters.count
    ranks =
      [priority ?? Int.max, hostRank] + Self.ranks(match.path) + [-conditions, isGiven ? 0 : 1]
    self.name = name
  }

  private static func ranks(_ path: RouteMatch.Path) -> [Int] {
    switch path {
    case .path: [0, 0]
    case .safeRegex: [1, 0]
    case .prefix(let prefix): [2, -prefix.utf8.count]
    case .connect: [3, 0]
    }
  }

  static func < (one: RoutePrecedence, other: RoutePrecedence) -> Bool {
    if one.ranks != other.ranks { return one.ranks.lexicographicallyPrecedes(other.ranks) }
    return one.name < other.name
  }
}
