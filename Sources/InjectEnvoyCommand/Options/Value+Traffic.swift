import EnvoyBootstrap

/// Values of the options about ports, paths and the access log.
extension Value {
  /// `PORT`, or `PORT/PROTOCOL` where the protocol is not the one that the document names.
  static func appPorts(
    _ values: [String]
  ) throws(ValueProblem) -> (ports: [Int], protocols: [Int: ServiceProtocol]) {
    var protocols: [Int: ServiceProtocol] = [:]
    var numbers: [String] = []
    for value in values {
      let parts = value.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      numbers.append(String(parts[0]))
      guard parts.count == 2 else { continue }
      let number = try port(numbers[numbers.count - 1])
      let known = try word(String(parts[1]), ServiceProtocol.self)
      if let other = protocols.updateValue(known, forKey: number), other != known {
        throw ValueProblem("port \(number) has two protocols", fix: "give one of them")
      }
    }
    return (try ports(numbers), protocols)
  }

  static func path(_ text: String) throws(ValueProblem) -> String {
    let path = try word(text)
    guard path.hasPrefix("/"), !path.contains("?"), !path.contains("#") else {
      throw ValueProblem("'\(text)' is not a path", fix: "write it like /envoy/healthz")
    }
    return path
  }

  /// `all`, `errors`, `none`, or `sampled:N` with a percentage.
  static func accessLog(_ text: String) throws(ValueProblem) -> AccessLogging.Selection {
    switch text {
    case "all": return .all
    case "errors": return .errors
    case "none": return .none
    default: break
    }
    let sampled = "sampled:"
    guard text.hasPrefix(sampled), let percent = Double(text.dropFirst(sampled.count)),
      (0...100).contains(percent)
    else {
      throw ValueProblem(
        "'\(text)' is none of all, errors, sampled:N, none",
        fix: "N is a percentage from 0 to 100, such as sampled:1")
    }
    return .sampled(perMillion: Int((percent * 10_000).rounded()))
  }
}
