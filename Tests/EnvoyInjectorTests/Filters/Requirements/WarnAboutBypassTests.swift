import TaskChecks
import Testing

@testable import EnvoyInjector

@Suite struct WarnAboutBypassTests {
  private func findings(_ container: String, gid: Int? = nil) throws -> [String] {
    try FilterRun(on: task(containers: container)) {
      WarnAboutBypass(ignoredUID: 1337, ignoredGID: gid, roles: $0.roles)
    }.findings
  }

  @Test(arguments: [
    #""name": "a""#, #""name": "a", "user": "1338:1337""#, #""name": "a", "user": "node""#,
    #""name": "a", "user": null"#, #""name": "x", "user": "1337", "image": "aws-xray-daemon""#,
    #""name": "e", "user": "1337", "image": "envoyproxy/envoy""#,
  ])
  func acceptsOtherUsersAndDaemons(container: String) throws {
    #expect(try findings(container) == [])
  }

  @Test(arguments: ["1337", "1337:1000", "1337:app"])
  func warnsOfApplicationsThatRunAsEnvoysUser(user: String) throws {
    #expect(
      try findings(#""name": "app", "user": "\#(user)""#) == [
        "warning [application-bypasses-envoy] at /containerDefinitions/0/user: Container 'app' "
          + "runs as the user or group whose traffic is not redirected, so its outgoing traffic "
          + "bypasses Envoy.; fix: Run it as another user, or give Envoy another one with --user."
      ])
  }

  @Test func warnsOfTheIgnoredGroup() throws {
    #expect(try findings(#""name": "app", "user": "0:1338""#, gid: 1338).count == 1)
    #expect(try findings(#""name": "app", "user": "0:1338""#).isEmpty)
  }

  @Test func warnsOfLogRoutersThatAreRedirected() throws {
    let router = #""name": "log", "firelensConfiguration": {"type": "fluentbit"}"#
    #expect(
      try findings(router) == [
        "warning [log-router-through-envoy] at /containerDefinitions/0: The log router 'log' "
          + "sends its logs through Envoy. They are delayed while Envoy starts, and lost after it "
          + #"stops.; fix: Run the router with "user": "0:1338", and inject with --ignored-gid "#
          + "1338."
      ])
    #expect(try findings(router + #", "user": "0:1338""#, gid: 1338) == [])
    #expect(try findings(router + #", "user": "1337""#) == [])
  }
}
