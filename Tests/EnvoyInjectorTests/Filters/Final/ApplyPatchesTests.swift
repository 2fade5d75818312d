import LosslessJSON
import Testing

@testable import EnvoyInjector

@Suite struct ApplyPatchesTests {
  private func run(_ operations: JSONValue...) throws -> FilterRun {
    try FilterRun(
      ApplyPatches(patch: try JSONPatch(.array(operations))),
      on: #"{"family": "web", "tags": [{"key": "a"}], "containerDefinitions": []}"#)
  }

  @Test func appliesEveryKindOfOperation() throws {
    let run = try run(
      ["op": "test", "path": "/family", "value": "web"],
      ["op": "add", "path": "/tags/-", "value": ["key": "b"]],
      ["op": "replace", "path": "/family", "value": "shop"],
      ["op": "copy", "from": "/family", "path": "/tags/0/value"],
      ["op": "move", "from": "/tags/0", "path": "/first"], ["op": "remove", "path": "/tags"])
    #expect(
      run.edits == [
        #"add /tags/1 {"key":"b"}"#, #"replace /family "shop""#, #"add /tags/0/value "shop""#,
        "remove /tags/0", #"add /first {"key":"a","value":"shop"}"#, "remove /tags",
      ])
    #expect(
      run.output
        == #"{"family": "shop", "containerDefinitions": [], "first": {"key": "a", "value": "shop"}}"#
    )
  }

  @Test func refusesWhatDoesNotFitAndKeepsTheDocument() throws {
    let run = try run(
      ["op": "remove", "path": "/tags"], ["op": "replace", "path": "/volumes", "value": []])
    #expect(run.edits == [])
    #expect(
      run.findings == [
        "error [patch-failed] at : The JSON Patch does not fit the document: there is no value at "
          + "'/volumes'.; fix: Fix patches/1 in the configuration file. "
          + "Patches are applied to the injected document."
      ])
  }

  /// One configuration file serves task definitions and templates.
  @Test func speaksRegisterTaskDefinitionInTemplates() throws {
    var options = InjectionOptions()
    options.patches = try JSONPatch([
      ["op": "test", "path": "/containerDefinitions/1/name", "value": "envoy"],
      ["op": "add", "path": "/containerDefinitions/1/dockerLabels", "value": ["team": "a"]],
      ["op": "add", "path": "/containerDefinitions/1/dockerLabels/cost", "value": "b"],
      ["op": "add", "path": "/Tags", "value": [["key": "a", "value": ["Ref": "B"]]]],
      ["op": "copy", "from": "/networkMode", "path": "/family"],
    ])
    let output = try Injector(options).inject(Array(RoleTemplate().json.utf8)).output
    let document = try Document(output)
    let task = document.value(document.root)["Resources"]?["Web"]?["Properties"]
    let labels = task?["ContainerDefinitions"]?.array?.last?["DockerLabels"]
    #expect(labels?["team"] == "a" && labels?["cost"] == "b")
    #expect(task?["Tags"] == [["Key": "a", "Value": ["Ref": "B"]]])
    #expect(task?["Family"] == "awsvpc")
  }
}
