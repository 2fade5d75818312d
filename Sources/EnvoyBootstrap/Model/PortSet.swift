internal import LosslessJSON

/// Original destination ports of connections.
public enum PortSet: Hashable, Sendable {
  case only(Set<UInt16>)
  case allExcept(Set<UInt16>)

  /// The predicate that holds for every connection to a port outside of this set; `nil`: for none.
  var complement: JSONValue? {
    switch self {
    case .only(let ports): Self.anyOf(ports).map { ["not_match": $0] } ?? ["any_match": true]
    case .allExcept(let ports): Self.anyOf(ports)
    }
  }

  private static func anyOf(_ ports: Set<UInt16>) -> JSONValue? {
    let rules = ports.sorted().map { port -> JSONValue in
      // The end of a range is not part of it.
      ["destination_port_range": ["start": .integer(Int(port)), "end": .integer(Int(port) + 1)]]
    }
    // Envoy wants at least two rules in an `or_match`.
    return rules.count > 1 ? ["or_match": ["rules": .array(rules)]] : rules.first
  }
}
