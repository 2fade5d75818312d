import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct TakeOutForeignTests {
  private func uninject(_ json: String) throws -> Injection {
    try Injector.uninject(Array(json.utf8), foreign: true)
  }

  private func value(_ bytes: [UInt8]) throws -> JSONValue {
    let document = try Document(bytes)
    return document.value(document.root)
  }

  private func lines(_ injection: Injection) -> [String] {
    injection.edits.map { "\($0.operation) \($0.pointer): \($0.reason.text)" }
  }

  private static let daemon =
    #""name": "xray", "image": "public.ecr.aws/xray/aws-xray-daemon:3.x", "user": "1337""#

  @Test func takesOutProxyContainerAndDependencies() throws {
    let injection = try uninject(MeshedTask(others: [Self.daemon]).json)
    #expect(injection.outcome == .uninjected)
    #expect(
      lines(injection) == [
        "remove /containerDefinitions/0/dependsOn: The containers that it names are not in the "
          + "task.",
        "remove /proxyConfiguration: The proxy that received the redirected traffic is removed.",
        "remove /containerDefinitions/1: It is an Envoy that this tool did not add.",
        "remove /containerDefinitions/1: Only the removed Envoy sent spans to it.",
      ])
    #expect(injection.warnings == [])
    #expect(try uninject(String(decoding: injection.output, as: UTF8.self)).outcome == .notInjected)
  }

  @Test(arguments: [
    #""environment": [{"name": "AWS_XRAY_DAEMON_ADDRESS", "value": "127.0.0.1:2000"}]"#,
    #""environment": [{"name": "COLLECTOR", "value": "localhost:4317"}]"#,
    #""links": ["xray"]"#,
  ])
  func keepsADaemonThatAnApplicationUses(app: String) throws {
    let injection = try uninject(MeshedTask(app: app, others: [Self.daemon]).json)
    #expect(try value(injection.output)["containerDefinitions"]?.array?.count == 2)
    #expect(
      injection.warnings.map(FilterRun.line) == [
        "warning [kept-daemon] at /containerDefinitions/1: The tracing daemon 'xray' is kept, "
          + "because an application refers to it or sends it spans.; fix: Remove it by hand if no "
          + "application uses it."
      ])
  }

  @Test func keepsADaemonThatIsNotEnvoys() throws {
    let own = Self.daemon.replacing("1337", with: "0")
    let output = try uninject(MeshedTask(others: [own]).json).output
    #expect(try value(output)["containerDefinitions"]?.array?.count == 2)
  }

  @Test func keepsOtherDependenciesAndNamesIdleVolumes() throws {
    var meshed = MeshedTask()
    meshed.members = #""volumes": [{"name": "tmp"}]"#
    meshed.envoy += #", "mountPoints": [{"sourceVolume": "tmp", "containerPath": "/tmp"}]"#
    meshed.others = [
      #""name": "job", "dependsOn": [{"containerName": "app"}, {"containerName": "envoy"}]"#
    ]
    let injection = try uninject(meshed.json)
    #expect(
      lines(injection).contains { $0.hasPrefix("remove /containerDefinitions/2/dependsOn/1") })
    #expect(
      injection.warnings.map(FilterRun.line) == [
        "warning [kept-volume] at /volumes/0: The volume 'tmp' is kept, although only Envoy "
          + "mounted it.; fix: Remove it by hand if nothing else uses it."
      ])
  }

  @Test func mendsWhatWasRemovedByHalves() throws {
    var proxy = MeshedTask()
    proxy.proxyContainer = "gone"
    proxy.image = "shop/other:1"
    proxy.appWaits = false
    #expect(lines(try uninject(proxy.json)).map { $0.prefix(26) } == ["remove /proxyConfiguration"])
    let waiting = task(containers: #""name": "app", "dependsOn": [{"containerName": "envoy"}]"#)
    #expect(
      try value(uninject(waiting).output) == value(Array(task(containers: #""name": "app""#).utf8)))
  }

  @Test func leavesTasksWithoutEnvoyAlone() throws {
    let plain = task(containers: #""name": "app", "dependsOn": []"#, Self.daemon)
    let injection = try uninject(plain)
    #expect(injection.outcome == .notInjected)
    #expect(injection.output == Array(plain.utf8))
  }

  @Test func refusesToLeaveNothing() throws {
    let alone = task(containers: #""name": "envoy", "image": "envoyproxy/envoy:v1.40.0""#)
    let error = #expect(throws: InjectionError.self) { try uninject(alone) }
    guard case .refused(let findings) = error else { return }
    #expect(findings.map(\.code) == ["envoy-alone"])
  }

  @Test func replacesAnotherEnvoyByOurs() throws {
    var options = InjectionOptions()
    let json = Array(MeshedTask().json.utf8)
    #expect(throws: InjectionError.self) { try Injector(options).inject(json) }
    options.replacesForeign = true
    let injector = Injector(options)
    let injection = try injector.inject(json)
    #expect(injection.outcome == .injected)
    #expect(try injector.inject(injection.output).outcome == .upToDate)
    #expect(injector.check(injection.output).state == .current)
    #expect(try Injector.uninject(injection.output).output == uninject(MeshedTask().json).output)
  }
}
