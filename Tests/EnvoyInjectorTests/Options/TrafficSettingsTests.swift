import EnvoyBootstrap
import LosslessJSON
import Testing

@testable import EnvoyInjector

@Suite struct TrafficSettingsTests {
  private func injection(
    _ members: String = "", of container: String = #""memory": 128"#,
    _ change: (inout InjectionOptions) -> Void = { _ in }
  ) throws -> Injection {
    var options = InjectionOptions()
    change(&options)
    let document =
      #"{"family": "a", "networkMode": "awsvpc"\#(members), "containerDefinitions": [{"name": "a", "#
      + #""image": "b", "portMappings": [{"containerPort": 8080}], \#(container)}]}"#
    return try Injector(options).inject(Array(document.utf8))
  }

  private func bootstrap(_ injection: Injection) throws -> JSONValue {
    let document = try Document(Array(try #require(injection.bootstrap).utf8))
    return document.value(document.root)
  }

  @Test(arguments: [
    (#", "memory": "1024""#, 1024 - 128), (#", "memory": "2 GB""#, 2048 - 128), ("", nil),
  ])
  func theHeapIsWhatTheTaskLeaves(members: String, left: Int?) throws {
    let limits = try bootstrap(injection(members)).all("max_heap_size_bytes")
    #expect(limits == (left.map { [.integer($0 * 4 / 5 * 1_048_576)] } ?? []))
  }

  @Test func aLimitOfItsOwnComesFirst() throws {
    let limits = try bootstrap(injection(#", "memory": "1024""#) { $0.envoyMemory = 300 })
      .all("max_heap_size_bytes")
    #expect(limits == [.integer(240 * 1_048_576)])
  }

  @Test func littleRoomForConnectionsIsReported() throws {
    let tight = try injection(#", "memory": "512""#, of: #""memory": 400"#) {
      $0.envoyMemoryReservation = 100
    }
    #expect(
      tight.warnings.first { $0.code == "few-connections" }?.text.description
        == "Envoy has 112 MiB, which is room for about 389 open connections: it takes 70 MiB itself "
        + "and 50 KiB for each connection, and leaves a fifth free. It refuses the connections "
        + "after that.")
    #expect(
      try !injection(#", "memory": "512""#).warnings.contains { $0.code == "few-connections" })
  }

  @Test(arguments: [
    ("HTTP_PROXY", "http://proxy.internal:8080", true), ("https_proxy", "u:p@proxy:8080/", true),
    ("ALL_PROXY", "socks5://proxy:8080", true), ("HTTP_PROXY", "http://proxy.internal", false),
    ("HTTP_PROXIES", "http://proxy:8080", false),
  ])
  func thePortOfAForwardProxyIsPlain(name: String, value: String, isPlain: Bool) throws {
    let variable = #""environment": [{"name": "\#(name)", "value": "\#(value)"}]"#
    let found = try injection(of: variable)
    #expect(found.warnings.contains { $0.code == "proxy-port" } == isPlain)
    #expect(try bootstrap(found).all("end").contains(8080) == isPlain)
    let wanted = try injection(of: variable) { $0.egressHTTPPorts = [8080] }
    #expect(!wanted.warnings.contains { $0.code == "proxy-port" })
    #expect(try bootstrap(wanted).all("end").contains(8100))
  }

  @Test func aProtocolOfTheOptionsComesFirst() throws {
    let plain = try bootstrap(
      injection {
        $0.appPorts = [8080]
        $0.appProtocols = [8080: .tcp]
      })
    let ingress = plain["static_resources"]?["listeners"]?.array?.first
    #expect(ingress?["filter_chains"]?.array?.map { $0["name"] } == ["ingress_tcp"])
  }

  @Test func thereIsNoPathOfEnvoysUnlessAskedFor() throws {
    #expect(try bootstrap(injection()).all("pass_through_mode").isEmpty)
    let asked = try bootstrap(injection { $0.healthPath = "/up" })
    #expect(asked.all("pass_through_mode") == [false] && asked.all("exact") == ["/up"])
  }
}

extension JSONValue {
  /// The values of all members with this name, at any depth, in order.
  fileprivate func all(_ name: String) -> [JSONValue] {
    switch self {
    case .object(let members):
      members.flatMap { ($0.name == name ? [$0.value] : []) + $0.value.all(name) }
    case .array(let elements): elements.flatMap { $0.all(name) }
    default: []
    }
  }
}
