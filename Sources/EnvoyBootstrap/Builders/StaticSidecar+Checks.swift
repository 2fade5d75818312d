extension StaticSidecar {
  func checkPorts() throws(BootstrapError) {
    let own = [("ingress", ingressPort), ("egress", egressPort), ("admin", server.adminPort)]
    var owners: [UInt16: String] = [:]
    for (role, port) in own + appPorts.compactMap(\.number.value).map({ ("application", $0) }) {
      guard port > 0 else { throw .portZero(role) }
      if let other = owners.updateValue(role, forKey: port) {
        throw .portTakenTwice(port, other, role)
      }
    }
  }
}

/// - Parameter reserved: names of clusters that the configuration has besides the upstreams.
func checkUpstreams(
  _ upstreams: [Upstream], reserved: Set<String>
) throws(BootstrapError) {
  var names = reserved
  for upstream in upstreams {
    guard names.insert(upstream.name).inserted else { throw .nameTakenTwice(upstream.name) }
  }
  for upstream in upstreams where upstream.isByPort {
    let rival = upstreams.first {
      $0.name != upstream.name && $0.endpoint.port == upstream.endpoint.port
    }
    if let rival { throw .portShared(upstream, with: rival) }
  }
}

extension BootstrapError {
  static func portZero(_ role: String) -> BootstrapError {
    .init(
      "the \(role) port is 0", so: "nothing can be redirected to it",
      fix: "give a port from 1 to 65535")
  }

  static func portTakenTwice(_ port: UInt16, _ one: String, _ other: String) -> BootstrapError {
    .init(
      "port \(port) is both \(one) and \(other) port", so: "only one listener can have it",
      fix: one == other ? "name it once" : "choose another ingress, egress or admin port")
  }

  fileprivate static func nameTakenTwice(_ name: String) -> BootstrapError {
    .init(
      "the name of upstream '\(name)' is taken", so: "Envoy knows each cluster by one name",
      fix: "give it another name, or remove one of the two")
  }

  fileprivate static func portShared(_ tcp: Upstream, with other: Upstream) -> BootstrapError {
    .init(
      "upstreams '\(tcp.name)' (tcp) and '\(other.name)' share port \(tcp.endpoint.port)",
      so: "raw TCP carries no host name, so '\(tcp.name)' would get the connections of both",
      fix: "let one of them listen on another port")
  }
}
