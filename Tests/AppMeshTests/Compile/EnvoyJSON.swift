import AppMesh
import LosslessJSON
import Testing

/// A configuration whose parts can be looked up by Envoy's names.
struct EnvoyJSON {
  let json: JSONValue
  let envoy: CompiledEnvoy

  var warnings: [String] { envoy.problems.map(\.code) }

  var listeners: [JSONValue] { json["static_resources"]?["listeners"]?.array ?? [] }

  var clusterNames: [String] { clusters.compactMap { $0["name"]?.string } }

  var clusters: [JSONValue] { json["static_resources"]?["clusters"]?.array ?? [] }

  func listener(_ name: String) throws -> JSONValue {
    try #require(listeners.first { $0["name"]?.string == name })
  }

  var ingress: JSONValue {
    get throws { try listener("lds_ingress_0.0.0.0_15000") }
  }

  var egress: JSONValue {
    get throws { try listener("lds_egress_0.0.0.0_15001") }
  }

  func cluster(_ name: String) throws -> JSONValue {
    try #require(clusters.first { $0["name"]?.string == name }, "\(clusterNames)")
  }

  /// The chains of a listener for one destination port.
  func chains(_ listener: JSONValue, port: Int) -> [JSONValue] {
    (listener["filter_chains"]?.array ?? []).filter {
      $0["filter_chain_match"]?["destination_port"]?.integer == port
    }
  }

  /// The table that serves `port` of the egress listener.
  func routeTable(egress port: Int) throws -> JSONValue {
    let chain = try #require(chains(egress, port: port).last)
    return try #require(chain.all("route_config").first)
  }

  /// The routes of a virtual host of the egress listener.
  func routes(_ host: String, port: Int = 80) throws -> [JSONValue] {
    let hosts = try routeTable(egress: port)["virtual_hosts"]?.array ?? []
    let found = try #require(hosts.first { $0["name"]?.string == host })
    return found["routes"]?.array ?? []
  }

  /// The only route to service `api.local` of ``Mesh/calling(_:_:api:web:)``.
  var route: JSONValue {
    get throws { try #require(routes("api.local").first) }
  }
}

extension JSONValue {
  /// Every value of a member called `name`, at any depth.
  func all(_ name: String) -> [JSONValue] {
    switch self {
    case .object(let members):
      members.flatMap { ($0.name == name ? [$0.value] : []) + $0.value.all(name) }
    case .array(let elements): elements.flatMap { $0.all(name) }
    default: []
    }
  }

  /// The value at a path of member names and array indices: `a/0/b`.
  func at(_ path: String) -> JSONValue? {
    path.split(separator: "/").reduce(Optional(self)) { value, step in
      guard let index = Int(step), let array = value?.array else { return value?[String(step)] }
      return array.indices.contains(index) ? array[index] : nil
    }
  }
}
