import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct AddTracingDaemonTests {
  private func filter(
    _ tracing: InjectionOptions.Tracing = .xray, region: String? = nil
  ) -> AddTracingDaemon {
    AddTracingDaemon(
      tracing: tracing, containerName: "xray-daemon", image: "daemon:1",
      command: tracing == .otel ? ["--config=x"] : [], user: 1337, region: region)
  }

  @Test func addsTheDaemon() throws {
    let run = try FilterRun(
      filter(region: "eu-west-1"), on: task(containers: #""name": "app""#))
    #expect(
      run.edits == [
        #"add /containerDefinitions/1 {"name":"xray-daemon","image":"daemon:1","#
          + #""memoryReservation":256,"essential":false,"user":"1337","#
          + #""environment":[{"name":"AWS_REGION","value":"eu-west-1"}]}"#
      ])
    #expect(run.context.addedContainers == [run.context.tracingDaemon])
  }

  @Test func tellsTheCollectorItsConfiguration() throws {
    let run = try FilterRun(filter(.otel), on: task(containers: #""name": "app""#))
    #expect(
      run.edits == [
        #"add /containerDefinitions/1 {"name":"xray-daemon","image":"daemon:1","#
          + #""command":["--config=x"],"memoryReservation":256,"essential":false,"user":"1337"}"#
      ])
  }

  @Test(arguments: [
    (InjectionOptions.Tracing.xray, "public.ecr.aws/xray/aws-xray-daemon:3.x", true),
    (.xray, "public.ecr.aws/aws-observability/aws-otel-collector", true),
    (.otel, "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0", true),
    (.otel, "amazon/aws-xray-daemon", false), (.xray, "openzipkin/zipkin", false),
  ])
  func usesADaemonThatIsThere(
    tracing: InjectionOptions.Tracing, image: String, isUsed: Bool
  ) throws {
    let run = try FilterRun(
      filter(tracing), on: task(containers: #""name": "traces", "image": "\#(image)""#))
    #expect(run.edits.isEmpty == isUsed)
    #expect(run.context.addedContainers.isEmpty == isUsed)
    #expect(
      run.context.tracingDaemon.map { run.task.name(of: $0) } == (isUsed ? "traces" : "xray-daemon")
    )
  }

  @Test func refusesATakenName() throws {
    let run = try FilterRun(filter(), on: task(containers: #""name": "xray-daemon""#))
    #expect(run.edits == [])
    #expect(
      run.findings == [
        "error [name-taken] at /containerDefinitions/0: The task has a container 'xray-daemon' "
          + "that is not the tracing daemon.; fix: Name the daemon differently with "
          + "tracingContainer: {name: …} in the configuration file."
      ])
  }
}
