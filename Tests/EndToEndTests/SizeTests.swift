import Foundation
import LosslessJSON
import Testing

/// A task definition may have 64 KiB, and the application wants its share of them.
@Suite struct SizeTests {
  private static let upstreams = (1...20).flatMap {
    ["--upstream", "service-\($0)=service-\($0).internal.example.com:\(8000 + $0)"]
  }

  @Test(
    "bytes that inject adds",
    arguments: [(1, [], 16_000), (2, [], 17_000), (15, [], 29_000), (15, upstreams, 58_000)])
  func added(ports: Int, options: [String], most: Int) throws {
    let mappings = (1...ports).map {
      JSONValue.object([.init("containerPort", .integer(8000 + $0))])
    }
    let definition: JSONValue = [
      "family": "orders", "networkMode": "awsvpc",
      "containerDefinitions": [
        ["name": "app", "image": "a", "memory": 512, "portMappings": .array(mappings)]
      ],
    ]
    let size = try withTemporaryFolder { folder in
      let file = folder.appending(path: "taskdef.json")
      try Data(definition.compactText.utf8).write(to: file)
      return try InjectEnvoy.output(["--compact", file.path] + options).utf8.count
    }
    let added = size - definition.compactText.utf8.count
    print("NOTE \(ports) ports, \(options.count / 2) upstreams: \(added) bytes")
    #expect(added < most)
  }
}
