internal import LosslessJSON

extension StaticSidecar {
  func checkPorts() throws(Problem) {
    let own = [("ingress", ingressPort), ("egress", egressPort)] + server.ports
    let all = own + appPorts.compactMap(\.number.value).map { ("application", $0) }
    // Its bits stand for the 65,536 ports.
    var taken = [UInt64](repeating: 0, count: 1024)
    for (place, (role, port)) in all.enumerated() {
      guard port > 0 else { throw Problem(.portZero, ["role": role]) }
      let bit = UInt64(1) << UInt64(port % 64)
      if taken[Int(port / 64)] & bit != 0, let other = all[..<place].last(where: { $0.1 == port }) {
        throw .portTakenTwice(port, other.0, role)
      }
      taken[Int(port / 64)] |= bit
    }
  }
}

/// - Parameter reserved: names of clusters that the configuration has in addition to the upstreams.
func checkUpstreams(
  _ upstreams: [Upstream], reserved: Set<String>
) throws(Problem) {
  var names = reserved
  for upstream in upstreams {
    try upstream.checkTLS()
    guard names.insert(upstream.name).inserted else {
      throw Problem(.upstreamNameTaken, ["name": upstream.name])
    }
  }
  for upstream in upstreams where upstream.isByPort {
    let rival = upstreams.first {
      $0.name != upstream.name && $0.endpoint.port == upstream.endpoint.port
    }
    if let rival {
      throw Problem(
        .upstreamPortShared,
        ["tcp": upstream.name, "other": rival.name, "port": "\(upstream.endpoint.port)"])
    }
  }
}

extension Problem {
  static func portTakenTwice(_ port: UInt16, _ one: String, _ other: String) -> Problem {
    Problem(
      .portTakenTwice, ["port": "\(port)", "one": one, "other": other],
      fix: one == other ? "Name it once." : nil)
  }
}

extension Rule {
  static let portZero = error(
    "port-zero", "The {role} port is 0. Connections cannot be sent to port 0.",
    fix: "Give a port from 1 to 65535.")

  fileprivate static let portTakenTwice = error(
    "port-taken-twice",
    "Port {port} is both {one} and {other} port. Only one listener can use a port.",
    fix: """
      Choose another port with \(.ingressPort), \(.egressPort), \(.adminPort) or \(.metrics).
      """)

  fileprivate static let upstreamNameTaken = error(
    "upstream-name-taken",
    "The name of upstream '{name}' is taken. Each of Envoy's clusters needs a name of its own.",
    fix: "Rename the upstream, or remove one of the two.")

  fileprivate static let upstreamPortShared = error(
    "upstream-port-shared",
    """
    Upstreams '{tcp}' (tcp) and '{other}' share port {port}. Raw TCP does not carry a host name, so \
    '{tcp}' would get the connections of both.
    """,
    fix: "Let one of them listen on another port.")
}
