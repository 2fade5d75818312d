import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct AddEnvoyContainerTests {
  private func filter(
    user: Int? = 1337, size: AddEnvoyContainer.Size = AddEnvoyContainer.Size(),
    isEssential: Bool = true
  ) -> AddEnvoyContainer {
    AddEnvoyContainer(
      containerName: "envoy", image: "envoyproxy/envoy:v1", user: user, size: size,
      isEssential: isEssential)
  }

  @Test func appendsTheContainer() throws {
    let size = AddEnvoyContainer.Size(cpu: 256, memory: 512, memoryReservation: 128)
    let run = try FilterRun(filter(size: size), on: task(containers: #""name": "app""#))
    #expect(
      run.edits == [
        #"add /containerDefinitions/1 {"name":"envoy","image":"envoyproxy/envoy:v1","cpu":256,"#
          + #""memory":512,"memoryReservation":128,"essential":true,"user":"1337"}"#
      ])
    #expect(run.context.addedContainers == [run.context.envoy])
    #expect(run.findings == [])
  }

  @Test func leavesOutWhatIsNotSet() throws {
    let run = try FilterRun(
      filter(user: nil, isEssential: false), on: task(containers: #""name": "app""#))
    #expect(
      run.edits == [
        #"add /containerDefinitions/1 {"name":"envoy","image":"envoyproxy/envoy:v1","#
          + #""essential":false}"#
      ])
  }
}
