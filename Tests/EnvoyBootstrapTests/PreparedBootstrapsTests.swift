import LosslessJSON
import Testing

@testable import EnvoyBootstrap

@Suite struct PreparedBootstrapsTests {
  /// For every task of a run, the cached text equals the rendered text.
  @Test(arguments: Self.runs)
  func fillsInWhatRenderingGives(run: [StaticSidecar]) throws {
    let prepared = PreparedBootstraps()
    for sidecar in run + run.reversed() {
      let expected = try sidecar.bootstrap().json.compactText
      let text = try prepared.text(of: sidecar)
      #expect(text.text == expected)
      #expect(text.literalByteCount == JSONValue.string(expected).compactText.utf8.count)
    }
  }

  @Test func tasksThatDifferInBlanksShareOneText() throws {
    let one = Self.sidecar("web", 512, [.init(3000), .init(3001), .init(25)])
    let other = Self.sidecar("a \"b\"", 4096, [.init(8079), .init(8080), .init(25)])
    let placeholders = TaskBlanks.placeholders
    #expect(TaskBlanks.fill(one, with: placeholders) == TaskBlanks.fill(other, with: placeholders))
    // A gap between ports, an opaque port, a protocol and a limit give different configurations.
    for numbers: [UInt16] in [[8079, 8081, 25], [8079, 8080, 26]] {
      let third = Self.sidecar("web", 512, numbers.map { AppPort($0) })
      #expect(
        TaskBlanks.fill(one, with: placeholders) != TaskBlanks.fill(third, with: placeholders))
    }
    let unlimited = Self.sidecar("web", nil, one.appPorts)
    #expect(
      TaskBlanks.fill(one, with: placeholders) != TaskBlanks.fill(unlimited, with: placeholders))
  }

  @Test func refusesWhatTheBuilderRefuses() throws {
    let prepared = PreparedBootstraps()
    _ = try prepared.text(of: Self.sidecar("web", 512, [.init(3000)]))
    for sidecar in [
      Self.sidecar("web", 512, [.init(15000)]), Self.sidecar("web", 10, [.init(3000)]),
    ] {
      #expect(throws: Problem.self) { try prepared.text(of: sidecar) }
    }
  }

  private static let names = [
    "web", "", "a \"b\" \\ c", "\u{1F600}\n", "blank-node-id", "40001", "${AppPort1}", "%PROTOCOL%",
  ]
  private static let ports: [UInt16] = [
    1, 25, 80, 81, 3000, 3001, 3002, 5432, 7777, 8080, 40001, 40002, 45001, 65534, 65535,
  ]

  static var runs: [[StaticSidecar]] {
    var random = SystemRandomNumberGenerator()
    return (0..<8).map { _ in
      let upstreams = Self.upstreams.randomElement(using: &random) ?? []
      return (0..<25).map { _ in
        let ports = ports.shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random))
        var sidecar = sidecar(
          names.randomElement(using: &random) ?? "",
          [nil, 70, 512, 7777, 8888, 65_536].randomElement(using: &random) ?? nil,
          ports.map { port in
            AppPort(
              port, Bool.random(using: &random) ? nil : ServiceProtocol.allCases.randomElement())
          })
        sidecar.upstreams = upstreams
        sidecar.egressTCPPorts = Bool.random(using: &random) ? [] : [40001]
        return sidecar
      }
    }
  }

  /// Some contain the numbers and names of placeholders.
  private static let upstreams: [[Upstream]] = [
    [],
    [Upstream(name: "blank-node-cluster", endpoint: .init("api.internal", 40001))],
    [Upstream(name: "app_40004", endpoint: .init("api.internal", 45001), serviceProtocol: .tcp)],
  ]

  private static func sidecar(_ name: String, _ memoryMiB: Int?, _ ports: [AppPort])
    -> StaticSidecar
  {
    StaticSidecar(
      server: ServerSettings(
        node: Node(id: name + "-1", cluster: name), memoryMiB: memoryMiB,
        statsTags: [StatsTag(name: "service", fixedValue: name)],
        tracing: .openTelemetry(samplingRate: 0.05)),
      appPorts: ports)
  }
}
