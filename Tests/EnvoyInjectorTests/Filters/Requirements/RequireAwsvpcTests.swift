import TaskChecks
import Testing

@testable import EnvoyInjector

@Suite struct RequireAwsvpcTests {
  @Test func acceptsAwsvpc() throws {
    let run = try FilterRun(RequireAwsvpc(), on: task(containers: ""))
    #expect(run.findings == [])
    #expect(run.edits == [])
  }

  @Test(arguments: ["bridge", "host", "none", "AWSVPC"])
  func refusesOtherModes(mode: String) throws {
    let run = try FilterRun(RequireAwsvpc(), on: #"{"networkMode": "\#(mode)"}"#)
    #expect(
      run.findings == [
        "error [not-awsvpc] at /networkMode: The network mode of the task is '\(mode)', so Envoy "
          + "cannot intercept its traffic.; fix: Set networkMode to awsvpc, and give the service "
          + "subnets and security groups."
      ])
  }

  @Test(arguments: ["{}", #"{"networkMode": null}"#])
  func saysWhatAbsenceMeans(document: String) throws {
    let run = try FilterRun(RequireAwsvpc(), on: document)
    #expect(
      run.findings == [
        "error [not-awsvpc] at : The network mode of the task is not set, which means 'bridge', "
          + "so Envoy cannot intercept its traffic.; fix: Set networkMode to awsvpc, or let "
          + "--network-mode awsvpc set it. Give the service subnets and security groups."
      ])
  }
}
