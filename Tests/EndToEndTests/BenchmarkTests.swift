import Foundation
import LosslessJSON
import RealEnvoy
import Testing

/// Compares the cost of the sidecar with a bare Envoy. Takes minutes, so it runs only with BENCHMARK=1.
@Suite(
  .enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"),
  .enabled(if: Namespaces.areExpected, "\(Namespaces.howToGet)"),
  .enabled(if: ProcessInfo.processInfo.environment["BENCHMARK"] == "1", "BENCHMARK is not 1"))
struct BenchmarkTests {
  @Test func costOfFeatures() async throws {
    try await withTemporaryFolder { folder in
      for (name, json) in try configurations() {
        try Data(json.compactText.utf8).write(to: folder.appending(path: name + ".json"))
      }
      let (status, output) = try await Namespaces.run("benchmark.py", folder.path)
      #expect(status == 0, "\(output)")
      print(output)
    }
  }

  private func configurations() throws -> [(name: String, json: JSONValue)] {
    let web = try sidecar("web.json")
    return [
      ("bare", try bare()),
      ("without-log", web.removing("access_log")),
      ("sidecar", web),
      ("sniffed", try sidecar("lifecycle.json")),
      ("otel-5-percent", try sidecar("web.json", "--tracing", "otel")),
      ("xray-5-percent", try sidecar("web.json", "--tracing", "xray")),
      ("otel-all", try sidecar("web.json", "--tracing", "otel", "--xray-sampling-rate", "1")),
    ]
  }

  private func sidecar(_ taskDefinition: String, _ options: String...) throws -> JSONValue {
    let file = Namespaces.folder.appending(path: "taskdefs/\(taskDefinition)").path
    let text = try InjectEnvoy.output(
      ["bootstrap", "--compact", file, "--envoy-memory", "512"] + options)
    return try read(text)
  }

  /// The smallest configuration that proxies HTTP.
  private func bare() throws -> JSONValue {
    let file = Namespaces.folder.appending(path: "bare.json")
    return try read(String(contentsOf: file, encoding: .utf8))
  }

  private func read(_ text: String) throws -> JSONValue {
    let document = try Document(Array(text.utf8))
    return document.value(document.root)
  }
}

extension JSONValue {
  /// The value without any member called `name`, at every depth.
  fileprivate func removing(_ name: String) -> JSONValue {
    switch self {
    case .object(let members):
      .object(
        members.filter { $0.name != name }.map { Member($0.name, $0.value.removing(name)) })
    case .array(let elements): .array(elements.map { $0.removing(name) })
    default: self
    }
  }
}
