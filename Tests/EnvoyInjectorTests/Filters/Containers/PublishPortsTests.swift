import LosslessJSON
import Testing

@testable import EnvoyInjector

@Suite struct PublishPortsTests {
  @Test func opensEveryPort() throws {
    let run = try FilterRun(
      PublishPorts(ports: [3000, 8443]), on: task(), envoy: ["name": "envoy"])
    #expect(
      run.edits == [
        #"add /containerDefinitions/0/portMappings [{"containerPort":3000,"protocol":"tcp"},"#
          + #"{"containerPort":8443,"protocol":"tcp"}]"#
      ])
  }
}
