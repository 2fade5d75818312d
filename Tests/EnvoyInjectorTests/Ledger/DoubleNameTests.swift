import LosslessJSON
import Testing

@testable import EnvoyInjector

/// The ledger refers to elements by name, but two elements of a list may have the same name.
@Suite struct DoubleNameTests {
  private static let input =
    #"{"networkMode": "awsvpc", "containerDefinitions": [{"name"  : "web", "environment": "#
    + #"[{"name": "A", "value": "1"}, {"name": "A", "value": "2"}]}]}"#

  private func expectWayBack(_ operations: JSONValue...) throws {
    let patch = try JSONPatch(.array(operations))
    let injected = try Injecting.inject(Self.input) { $0.patches = patch }
    let back = try Injecting.uninject(injected.text, patches: patch)
    #expect(back.text == Self.input)
    #expect(back.warnings == [])
  }

  @Test func bringsBackTheOneThatWasChanged() throws {
    try expectWayBack(
      [
        "op": "replace", "path": "/containerDefinitions/0/environment/1/value", "value": "3",
      ])
  }

  /// Between the two operations the container does not have a name.
  @Test func bringsBackANameThatWasRemovedAndAdded() throws {
    try expectWayBack(
      ["op": "remove", "path": "/containerDefinitions/0/name"],
      ["op": "add", "path": "/containerDefinitions/0/name", "value": "web"])
    try expectWayBack(
      ["op": "remove", "path": "/containerDefinitions/0/environment/1/name"],
      ["op": "add", "path": "/containerDefinitions/0/environment/1/name", "value": "A"])
  }

  @Test func tellsACopyFromWhatItWasCopiedFrom() throws {
    try expectWayBack(
      ["op": "copy", "from": "/containerDefinitions/0", "path": "/containerDefinitions/-"],
      ["op": "replace", "path": "/containerDefinitions/0/name", "value": "first"])
  }
}
