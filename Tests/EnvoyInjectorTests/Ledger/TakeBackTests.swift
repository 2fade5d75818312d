import Foundation
import LosslessJSON
import Testing

@testable import EnvoyInjector

/// Uninjects documents that have changed since inject printed them.
@Suite struct TakeBackTests {
  private func injected(
    _ text: String = Injecting.web, _ change: (inout InjectionOptions) -> Void = { _ in }
  ) throws -> String { try Injecting.inject(text, change).text }

  private func replacing(_ old: String, _ new: String, in text: String) throws -> String {
    let parts = text.components(separatedBy: old)
    try #require(parts.count > 1, "\(old) is not there")
    return parts.joined(separator: new)
  }

  @Test func keepsWhatPeopleAdded() throws {
    var text = try injected()
    text = try replacing(#""name": "web""#, #""name": "web", "cpu": 10"#, in: text)
    text = try replacing(
      #""dependsOn": ["#, #""dependsOn": [{"containerName": "db", "condition": "START"}, "#,
      in: text)
    let back = try Injecting.uninject(text)
    #expect(
      back.text == #"{"family": "web", "networkMode": "awsvpc", "containerDefinitions": [{"name": "#
        + #""web", "cpu": 10, "dependsOn": [{"containerName": "db", "condition": "START"}]}]}"#)
    #expect(back.warnings == [])
  }

  @Test func acceptsWhatPeopleTookOutThemselves() throws {
    let text = try injected()
    let start = try #require(text.range(of: #", "dependsOn""#))
    let end = try #require(text[start.upperBound...].range(of: "]"))
    let without = text.replacingCharacters(in: start.lowerBound..<end.upperBound, with: "")
    #expect(try Injecting.uninject(without).text == Injecting.web)
  }

  @Test func leavesASizeThatPeopleChanged() throws {
    let small =
      #"{"cpu": "256", "memory": "512", "networkMode": "awsvpc", "#
      + #""containerDefinitions": [{"name": "web", "memory": 512}]}"#
    let text = try injected(small) { $0.resize = true }
    #expect(try Injecting.uninject(text).text == small)
    let changed = try replacing(#""memory": "640""#, #""memory": "2048""#, in: text)
    let back = try Injecting.uninject(changed)
    #expect(back.text == small.replacingOccurrences(of: #""512""#, with: #""2048""#))
    #expect(
      back.warnings.map(FilterRun.line) == [
        "warning [changed-since] at /memory: /memory was changed after inject set it, so it is "
          + "left as it is.; fix: Check that the value is right without Envoy."
      ])
  }

  @Test func restoresNullWhateverBecameOfTheValue() throws {
    let nulls = try replacing(#""web"}"#, #""web", "dependsOn": null}"#, in: Injecting.web)
    let withNull = try replacing(
      #"{"family""#, #"{"proxyConfiguration": null, "family""#, in: nulls)
    let text = try injected(withNull)
    #expect(try Injecting.uninject(text).text == withNull)
    var edited = try replacing(#""value": "22""#, #""value": "22,5432""#, in: text)
    edited = try replacing(#""condition": "HEALTHY""#, #""condition": "START""#, in: edited)
    #expect(try Injecting.uninject(edited).text == withNull)
  }

  @Test func refusesARenamedEnvoy() throws {
    let text = try replacing(#""name": "envoy""#, #""name": "proxy""#, in: try injected())
    let expected = [
      "error [renamed-container] at /containerDefinitions/1: Container 'proxy' was renamed "
        + "after inject added it, so it cannot be removed together with its references.; fix: "
        + "Restore its former name."
    ]
    #expect(Injecting.refusals { try Injecting.uninject(text) } == expected)
    #expect(Injecting.refusals { try Injecting.inject(text) } == expected)
  }

  @Test func warnsOfDependenciesThatPeopleWrote() throws {
    let own = #"{"name": "job", "dependsOn": [{"containerName": "envoy", "condition": "START"}]}"#
    let text = try replacing(#"[{"name": "web""#, #"[\#(own), {"name": "web""#, in: try injected())
    #expect(
      try Injecting.uninject(text).warnings.map(FilterRun.line) == [
        "warning [left-behind] at /containerDefinitions/0/dependsOn/0: Container 'job' waits "
          + "for 'envoy', which was removed. inject did not write that dependency.; fix: Remove "
          + "that element of dependsOn."
      ])
  }

  @Test func refusesALedgerThatItCannotRead() throws {
    let text = try replacing(#"\"format\":1"#, #"\"format\":9"#, in: try injected())
    #expect(
      Injecting.refusals { try Injecting.uninject(text) } == [
        "error [unreadable-ledger] at /containerDefinitions/1: The ledger on this container "
          + "cannot be read. It was edited, or a newer version wrote it.; fix: Use that version, "
          + "or start from the task definition before injection."
      ])
  }

  @Test func refusesTwoLedgers() throws {
    let other = #"{"name": "e2", "dockerLabels": {"inject-envoy.io/ledger": "{}"}}"#
    let text = try replacing(#"{"name": "web""#, #"\#(other), {"name": "web""#, in: try injected())
    #expect(
      Injecting.refusals { try Injecting.uninject(text) } == [
        "error [two-ledgers] at /containerDefinitions/2: Two containers carry the mark of this "
          + "tool, so it is unclear which injection to take back.; fix: Remove the container that "
          + "was copied from another task definition."
      ])
  }

  @Test func bringsBackWhatPatchesRemoved() throws {
    let patch = try JSONPatch([
      ["op": "remove", "path": "/family"],
      ["op": "remove", "path": "/containerDefinitions/0/user"],
      ["op": "add", "path": "/volumes", "value": [["name": "v"], ["host": [:]]]],
    ])
    let input = try replacing(#""web"}"#, #""web" , "user":"app" }"#, in: Injecting.web)
    let text = try injected(input) { $0.patches = patch }
    #expect(try Injecting.uninject(text, patches: patch).text == input)
  }
}
