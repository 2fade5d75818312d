import AppMesh

/// Assigns names to ports and Cloud Map services that are unique in the namespace.
struct PortNames {
  private var taken: Set<String> = []

  /// `portMappings[].name`: at most 64 lower-case letters, digits, `_` and `-`.
  mutating func port(_ port: UInt16, of node: VirtualNode) -> String {
    unique("\(node.name)-\(port)")
  }

  /// A name for the Cloud Map service that ECS creates. The old service stays, so that clients that still use
  /// DNS find the tasks.
  mutating func discovery(_ port: UInt16, of node: VirtualNode) -> String {
    switch node.serviceDiscovery {
    case .awsCloudMap(let service, _, _, _) where node.listeners.count == 1:
      unique("\(service)-sc")
    case .awsCloudMap(let service, _, _, _): unique("\(service)-\(port)-sc")
    case .dns, nil: unique("\(node.name)-\(port)-sc")
    }
  }

  private mutating func unique(_ text: String) -> String {
    let allowed = text.lowercased().map { character in
      character.isASCII && (character.isLetter || character.isWholeNumber)
        || character == "-" || character == "_" ? character : "-"
    }
    var number = 1
    while true {
      let suffix = number == 1 ? "" : "-\(number)"
      let name = String(allowed.prefix(64 - suffix.count)) + suffix
      if taken.insert(name).inserted { return name }
      number += 1
    }
  }
}
