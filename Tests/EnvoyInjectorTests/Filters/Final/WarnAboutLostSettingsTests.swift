import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

@Suite struct WarnAboutLostSettingsTests {
  /// The texts and fixes of findings about a replaced Envoy.
  private func lost(
    _ meshed: MeshedTask, _ change: (inout InjectionOptions) -> Void = { _ in }
  ) throws -> [String] {
    var options = InjectionOptions()
    options.replacesForeign = true
    change(&options)
    let injection = try Injector(options).inject(Array(meshed.json.utf8))
    let findings = injection.warnings.filter { $0.code == "lost-settings" }
    for finding in findings {
      #expect(finding.stage == WarnAboutLostSettings.name)
      #expect(finding.pointer.description == "/containerDefinitions")
    }
    return findings.map { "\($0.text.spelled); \($0.fix.spelled)" }
  }

  private static let had =
    "The new Envoy drops these settings of 'envoy', which it replaces: "

  private static let plain: MeshedTask = {
    var meshed = MeshedTask()
    meshed.properties["EgressIgnoredIPs"] = "169.254.170.2,169.254.169.254"
    return meshed
  }()

  @Test func saysNothingWhereNothingIsLost() throws {
    #expect(try lost(Self.plain) == [])
    var same = Self.plain
    same.variables["ENVOY_LOG_LEVEL"] = "info"
    same.variables["REGION"] = "eu-west-1"
    same.envoy += #", "ulimits": [{"name": "nofile", "softLimit": 15000, "hardLimit": 15000}]"#
    #expect(try lost(same) == [])
  }

  @Test(arguments: [
    ("EgressIgnoredPorts", "22,3306", "--egress-ignored-port 22 --egress-ignored-port 3306"),
    ("IgnoredUID", "1400", "--user 1400"), ("IgnoredGID", "1338", "--ignored-gid 1338"),
    ("AppPorts", "8080,9090", "--app-port 8080 --app-port 9090"),
  ])
  func namesPropertiesOfTheProxy(_ name: String, _ value: String, _ flags: String) throws {
    var meshed = Self.plain
    meshed.properties[name] = value
    if name == "IgnoredUID" { meshed.envoy = #""user": "\#(value)""# }
    #expect(
      try lost(meshed) == ["\(Self.had)\(name) \(value).; Keep those that matter with \(flags)"])
  }

  @Test(arguments: [
    ("ENVOY_LOG_LEVEL", "warn", "ENVOY_LOG_LEVEL warning", "--log-level warning"),
    ("ENVOY_CONCURRENCY", "4", "ENVOY_CONCURRENCY 4", "--concurrency 4"),
    ("LISTENER_DRAIN_WAIT_TIME_S", "30", "LISTENER_DRAIN_WAIT_TIME_S 30", "--drain-seconds 30"),
    ("ENVOY_ADMIN_ACCESS_PORT", "9902", "ENVOY_ADMIN_ACCESS_PORT 9902", "--admin-port 9902"),
    ("ENABLE_ENVOY_STATS_TAGS", "1", "ENABLE_ENVOY_STATS_TAGS", "--stats-tags"),
    (
      "ENABLE_ENVOY_XRAY_TRACING", "true", "ENABLE_ENVOY_XRAY_TRACING xray", "--tracing xray"
    ),
    ("TEAM", "shop", "TEAM", "--env TEAM=…"),
  ])
  func namesVariables(
    _ name: String, _ value: String, _ told: String, _ flags: String
  ) throws {
    var meshed = Self.plain
    meshed.variables[name] = value
    #expect(try lost(meshed) == ["\(Self.had)\(told).; Keep those that matter with \(flags)"])
  }

  @Test(arguments: [
    (#""cpu": 64"#, "cpu 64", "--envoy-cpu 64"),
    (#""memory": 500"#, "memory 500", "--envoy-memory 500"),
    (
      #""memoryReservation": 256"#, "memoryReservation 256", "--envoy-memory-reservation 256"
    ),
    (#""stopTimeout": 110"#, "stopTimeout 110", "--stop-timeout 110"),
    (#""essential": false"#, "essential: false", "--job"),
    (
      #""ulimits": [{"name": "nofile", "softLimit": 99000, "hardLimit": 99000}]"#, "nofile 99000",
      "--nofile 99000"
    ),
    (
      #""secrets": [{"name": "KEY", "valueFrom": "arn:k"}]"#, "KEY", "--secret KEY=arn:k"
    ),
    (
      #""logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/mesh"}}"#,
      "awslogs-group /mesh", "--logs /mesh"
    ),
  ])
  func namesMembers(_ member: String, _ told: String, _ flags: String) throws {
    var meshed = Self.plain
    meshed.envoy += ", " + member
    #expect(try lost(meshed) == ["\(Self.had)\(told).; Keep those that matter with \(flags)"])
  }

  /// Certificates reach Envoy's container in a volume, or through a container that Envoy waits for.
  @Test func namesMembersWithoutAnOption() throws {
    var meshed = Self.plain
    meshed.envoy +=
      #", "mountPoints": [{"sourceVolume": "certs", "containerPath": "/certs"}]"#
      + #", "dependsOn": [{"containerName": "init", "condition": "SUCCESS"}]"#
    meshed.others = [#""name": "init", "essential": false"#]
    let told = try lost(meshed)
    #expect(told.count == 1)
    #expect(
      told[0].contains(
        "drops these members of 'envoy', which it replaces: mountPoints, dependsOn.; "))
    #expect(told[0].contains(#"envoyContainer: {"mountPoints":[{"sourceVolume":"certs","#))
  }

  @Test func namesWhatOnlyTheAgentRead() throws {
    var meshed = Self.plain
    meshed.variables["ENABLE_ENVOY_DATADOG_TRACING"] = "1"
    meshed.variables["ENABLE_ENVOY_JAEGER_TRACING"] = "0"
    #expect(
      try lost(meshed) == [
        "The new Envoy drops these agent variables of 'envoy', which it replaces: "
          + "ENABLE_ENVOY_DATADOG_TRACING.; Find a replacement for those that matter."
      ])
  }

  @Test func whatIsKeptIsNotTold() throws {
    var meshed = Self.plain
    meshed.variables["ENVOY_LOG_LEVEL"] = "debug"
    meshed.variables["ENABLE_ENVOY_XRAY_TRACING"] = "1"
    meshed.variables["TEAM"] = "shop"
    meshed.properties["EgressIgnoredPorts"] = "3306"
    let told = try lost(meshed) { options in
      options.logLevel = .debug
      options.tracing = .otel
      options.environment = [NamedValue(name: "TEAM", value: "shop")]
      options.egressIgnoredPorts = [22, 3306]
    }
    #expect(told == [])
  }

  @Test func ourOwnIsMadeAnew() throws {
    var options = InjectionOptions()
    options.envoyCPU = 128
    let output = try Injector(options).inject(Array(Injecting.web.utf8)).output
    options.envoyCPU = nil
    options.replacesForeign = true
    #expect(try Injector(options).inject(output).warnings.map(\.code) == [])
  }
}
