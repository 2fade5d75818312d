import LosslessJSON
import Testing

@testable import EnvoyInjector

@Suite struct SetEnvironmentTests {
  @Test func setsVariablesInTheirOrder() throws {
    let variables = [NamedValue(name: "Z", value: "1"), NamedValue(name: "A", value: "")]
    let run = try FilterRun(
      SetEnvironment(variables: variables), on: task(), envoy: ["name": "envoy"])
    #expect(
      run.edits == [
        #"add /containerDefinitions/0/environment [{"name":"Z","value":"1"},"#
          + #"{"name":"A","value":""}]"#
      ])
  }
}
