import AppMesh
import LosslessJSON

/// The timeouts of an endpoint, in whole seconds, as ECS requires.
///
/// App Mesh had two of each: one at the caller for the route, one at the node for its listener.
struct Timeouts: Hashable {
  /// `nil` means the default of Service Connect.
  private(set) var perRequest: Int?
  private(set) var idle: Int?

  init(
    of endpoint: Endpoint, _ listener: NodeListener, _ called: CalledPort, _ losses: inout LossList
  ) {
    let isTCP = called.protocol == .tcp
    let route = called.routes?.first?.timeout
    let own = listener.timeout
    let requests = Leg.pair(route?.perRequest, own?.perRequest, standard: .seconds(15))
    let idles = Leg.pair(
      route?.idle, own?.idle, standard: isTCP ? .seconds(3600) : .seconds(300))
    let used = isTCP ? [idles] : [requests, idles]
    perRequest = isTCP ? nil : requests.seconds
    idle = idles.seconds
    let fields = [
      Field.service(called.service.name, "\(called.port)", "timeout"),
      Field.listener(endpoint.port, of: endpoint.node, "timeout"),
    ]
    let values: KeyValuePairs = [
      "node": endpoint.node, "port": "\(endpoint.port)", "service": called.service.name,
    ]
    if used.contains(where: \.differs) {
      losses.add(
        Self.differ, values, fields: fields, nodes: [endpoint.node], at: called.origin)
    }
    if used.contains(where: \.isRounded) {
      losses.add(
        Self.rounded, values, fields: fields, nodes: [endpoint.node], at: called.origin)
    }
  }

  var json: JSONValue? {
    let members = [
      perRequest.map { JSONValue.Member("perRequestTimeoutSeconds", .integer($0)) },
      idle.map { JSONValue.Member("idleTimeoutSeconds", .integer($0)) },
    ].compactMap(\.self)
    return members.isEmpty ? nil : .object(members)
  }

  /// A timeout of a route or of a listener. Zero means no limit.
  private struct Leg {
    /// `nil` means the default of Service Connect.
    var seconds: Int?
    var differs: Bool
    var isRounded: Bool

    static func pair(_ route: Duration?, _ listener: Duration?, standard: Duration) -> Leg {
      let (one, other) = (route ?? standard, listener ?? standard)
      let longest = one == .zero || other == .zero ? .zero : max(one, other)
      let (seconds, rest) = longest.components
      let rounded = Int(seconds) + (rest > 0 ? 1 : 0)
      return Leg(
        seconds: longest == standard ? nil : rounded, differs: one != other, isRounded: rest > 0)
    }
  }
}

extension Timeouts {
  static let kinds = [differ, rounded]

  private static let differ = Loss.Kind.warning(
    "sc-timeouts-differ",
    "The timeouts of route and listener differ between '{service}' and port {port} of node "
      + "'{node}'. Service Connect has one, so the configuration has the longer one.",
    fix: "Lower it in the configuration if requests must end earlier.")
  private static let rounded = Loss.Kind.note(
    "sc-timeout-rounded",
    "A timeout between '{service}' and port {port} of node '{node}' is not in whole seconds. It is "
      + "rounded up.",
    fix: "Nothing is needed.")
}
