import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct RaiseFileLimitTests {
  @Test func setsBothLimits() throws {
    let run = try FilterRun(RaiseFileLimit(nofile: 65536), on: task(), envoy: ["name": "envoy"])
    #expect(
      run.edits == [
        #"add /containerDefinitions/0/ulimits [{"name":"nofile","softLimit":65536,"#
          + #""hardLimit":65536}]"#
      ])
  }

  @Test func neverLowersFargatesOwnByDefault() { #expect(Defaults.nofile >= 65535) }
}
