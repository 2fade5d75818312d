import LawTesting
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct RedirectTrafficTests {
  private func run(
    _ document: String, _ change: (inout InjectionOptions) -> Void = { _ in }
  ) throws -> FilterRun {
    var options = InjectionOptions()
    options.envoyName = "proxy"
    change(&options)
    return try FilterRun(
      RedirectTraffic(options: options), on: document, envoy: ["name": "proxy"])
  }

  private func properties(_ run: FilterRun) throws -> [String] {
    let proxy = try #require(run.task.node(.proxyConfiguration))
    return run.task.list(.properties, of: proxy).map {
      "\(run.task.text(.name, of: $0) ?? "")=\(run.task.text(.value, of: $0) ?? "")"
    }
  }

  private func app(_ mappings: String, _ members: String = "") -> String {
    task(members, containers: #""name": "app", "portMappings": [\#(mappings)]"#)
  }

  private static let outgoing = [
    "ProxyEgressPort=15001", "EgressIgnoredIPs=169.254.170.2,169.254.169.254",
    "EgressIgnoredPorts=22", "IgnoredUID=1337",
  ]

  @Test func redirectsTheApplicationsPorts() throws {
    let run = try run(app(#"{"containerPort": 8080}"#))
    #expect(run.edits.count == 1)
    #expect(
      run.edits[0].hasPrefix(
        #"add /proxyConfiguration {"type":"APPMESH","containerName":"proxy","properties":[{"name":"#
      ))
    #expect(
      try properties(run) == [
        "AppPorts=8080", "ProxyEgressPort=15001", "ProxyIngressPort=15000",
        "EgressIgnoredIPs=169.254.170.2,169.254.169.254", "EgressIgnoredPorts=22",
        "IgnoredUID=1337",
      ])
  }

  @Test(arguments: ["", #"{"containerPort": 53, "protocol": "udp"}"#, "null", "{}"])
  func redirectsOnlyOutgoingTrafficWithoutPorts(mappings: String) throws {
    #expect(try properties(run(app(mappings))) == Self.outgoing)
  }

  @Test func readsRangesAndQuotedNumbersOnce() throws {
    let mappings =
      #"{"containerPortRange": "8000-8002", "protocol": null}, {"containerPort": "8001"}, "#
      + #"{"containerPort": 80, "protocol": "tcp"}"#
    #expect(try properties(run(app(mappings))).first == "AppPorts=8000,8001,8002,80")
  }

  @Test(arguments: [
    #"{"volumes": [{"name": "v", "efsVolumeConfiguration": {}}]"#,
    #"{"volumes": [{"efsVolumeConfiguration": null}, {"efsVolumeConfiguration": {}}]"#,
  ])
  func letsEFSPassByEnvoy(members: String) throws {
    let run = try run(app("", String(members.dropFirst())))
    #expect(try properties(run).contains("EgressIgnoredPorts=22,2049"))
  }

  @Test func followsTheOptions() throws {
    let run = try run(app(#"{"containerPort": 8080}"#)) {
      $0.appPorts = [1, 2]
      $0.egressIgnoredPorts = []
      $0.egressIgnoredIPs = ["10.0.0.0/8"]
      $0.ignoredGID = 1338
      $0.user = 101
      $0.ingressPort = 1500
      $0.egressPort = 1501
    }
    #expect(
      try properties(run) == [
        "AppPorts=1,2", "ProxyEgressPort=1501", "ProxyIngressPort=1500",
        "EgressIgnoredIPs=10.0.0.0/8", "IgnoredUID=101", "IgnoredGID=1338",
      ])
  }

  @Test func takesTheLastPossibleNumberOfPorts() throws {
    let run = try run(app(#"{"containerPortRange": "1-15"}"#))
    #expect(run.findings == [])
    #expect(try properties(run).first == "AppPorts=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15")
  }

  @Test func refusesMorePortsThanECSRedirects() throws {
    let run = try run(app(#"{"containerPortRange": "1-16"}"#))
    #expect(run.edits == [])
    #expect(
      run.findings == [
        "error [too-many-app-ports] at /containerDefinitions: There are 16 application ports, "
          + "but ECS redirects at most 15. Traffic to the others bypasses Envoy.; fix: Name the "
          + "ports that Envoy must serve with --app-port."
      ])
  }

  @Test(arguments: ["0", "65536", "-1", #""0""#])
  func refusesWhatIsNoPort(port: String) throws {
    #expect(
      try run(app(#"{"containerPort": \#(port)}"#)).findings == [
        "error [not-a-port] at /containerDefinitions/0/portMappings/0/containerPort: \(port) is "
          + "not a port number (1-65535), so ECS cannot redirect its traffic to Envoy.; fix: Use a "
          + "port from 1 to 65535, or a range such as 8000-8005."
      ])
  }

  @Test(arguments: ["8000", "8000-", "-8000-8001", "9-8", "0-5", "8000-70000", "a-b", ""])
  func refusesWhatIsNoRange(range: String) throws {
    let run = try run(app(#"{"containerPortRange": "\#(range)"}"#))
    #expect(run.findings.count == 1)
    #expect(run.findings.first?.contains(#": "\#(range)" is not a port number"#) == true)
  }

  /// The ports are collected in linear time.
  @Test func readsTheWholeRangeOfPortsWithinFiveSeconds() throws {
    var findings: [String] = []
    let time = try threadTime {
      findings = try run(app(#"{"containerPortRange": "1-65535"}"#)).findings
    }
    #expect(findings.count == 1)
    #expect(time < 5_000_000_000)
  }
}
