import Foundation
import LosslessJSON
import RealEnvoy
import Testing

/// Users' names and values reach Envoy as JSON text, and never a shell.
@Suite struct HostileTextTests {
  private static let text = #"'"$(id)`id`;&|>\n\"# + "\u{1F980}%PATH%"

  /// A task definition injected with this word in every place that accepts text.
  private func envoy(saying word: String) throws -> JSONValue {
    let definition: JSONValue = [
      "family": .string(word), "networkMode": "awsvpc",
      "containerDefinitions": [
        ["name": "app", "image": "a", "memory": 512, "portMappings": [["containerPort": 8080]]]
      ],
    ]
    let output = try withTemporaryFolder { folder in
      let file = folder.appending(path: "taskdef.json")
      try Data(definition.compactText.utf8).write(to: file)
      return try InjectEnvoy.output([
        file.path, "--node-id", word, "--node-cluster", word, "--env", "WORD=\(word)",
        "--log-stream-prefix", word, "--stats-tags", "--tracing", "xray",
      ])
    }
    let document = try Document(Array(output.utf8))
    let containers = document.value(document.root)["containerDefinitions"]?.array ?? []
    return try #require(containers.first { $0["name"] == "envoy" })
  }

  @Test func shellTextIsTheSameForEveryName() throws {
    let hostile = try envoy(saying: Self.text)
    let plain = try envoy(saying: "orders")
    #expect(hostile["command"] != plain["command"])
    #expect(hostile["entryPoint"] == plain["entryPoint"])
    #expect(hostile["healthCheck"] == plain["healthCheck"])
  }

  @Test(.enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"))
  func envoyReadsTheNames() throws {
    let command = try #require(try envoy(saying: Self.text)["command"]?.array)
    let bootstrap = try #require(command.dropFirst().first?.string)
    #expect(try RealEnvoy.complaints(about: bootstrap) == nil)
  }
}
