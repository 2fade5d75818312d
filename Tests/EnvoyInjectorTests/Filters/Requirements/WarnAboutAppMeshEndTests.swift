import TaskChecks
import Testing

@testable import EnvoyInjector

@Suite struct WarnAboutAppMeshEndTests {
  @Test func saysWhatHappensToNewTasks() throws {
    #expect(
      try FilterRun(WarnAboutAppMeshEnd(), on: "{}").findings == [
        "warning [app-mesh-ended] at : AWS switched App Mesh off on 2026-09-30. A newly "
          + "started Envoy gets no configuration, so containers that wait for it never start.; "
          + "fix: Use this mode only to keep or compare old task definitions."
      ])
  }
}
