import TaskChecks
import Testing

@testable import EnvoyInjector

@Suite struct RequireShellTests {
  @Test(arguments: ["envoyproxy/envoy:v1.40.0", "distroless.example.com/envoy:1", "envoy"])
  func acceptsImagesWithAShell(image: String) throws {
    #expect(try FilterRun(RequireShell(image: image), on: "{}").findings == [])
  }

  @Test(arguments: ["envoyproxy/envoy:distroless-v1.40.0", "envoyproxy/envoy-distroless"])
  func refusesDistrolessImages(image: String) throws {
    #expect(
      try FilterRun(RequireShell(image: image), on: "{}").findings == [
        "error [image-without-shell] at : The image '\(image)' has no shell, so no health check "
          + "can run in it. Applications that wait for Envoy would never start.; "
          + "fix: Use the image without 'distroless', such as the default."
      ])
  }
}
