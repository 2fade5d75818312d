import Foundation
import LosslessJSON
import Testing

/// A task definition may have 64 KiB, and the application needs a part of them.
@Suite struct SizeTests {
  private static let upstreams = UpstreamOptions.many(20)

  @Test(
    "bytes that inject adds",
    arguments: [(1, [], 15_000), (2, [], 18_000), (15, [], 40_000), (15, upstreams, 58_000)])
  func added(ports: Int, options: [String], most: Int) throws {
    let plain = Self.definition(ports: ports).compactText
    let size = try Self.withFile(plain) { file in
      try InjectEnvoy.output(["--compact", file] + options).utf8.count
    }
    let added = size - plain.utf8.count
    print("NOTE \(ports) ports, \(options.count / 2) upstreams: \(added) bytes")
    #expect(added < most)
  }

  @Test func aConfigurationForOnePortIsSmall() throws {
    let size = try Self.withFile(Self.definition(ports: 1).compactText) { file in
      try InjectEnvoy.output(["bootstrap", "--compact", "--envoy-memory", "256", file]).utf8.count
    }
    print("NOTE configuration for 1 port: \(size) bytes")
    #expect(size <= 13_000)
  }

  @Test(arguments: [60, 500]) func aLongConfigurationIsCompressed(upstreams: Int) throws {
    let options = UpstreamOptions.many(upstreams)
    try Self.withFile(Self.definition(ports: 2).compactText) { file in
      let injected = try InjectEnvoy.output([file] + options)
      #expect(injected.utf8.count <= 65_536 && !injected.contains("--config-yaml"))
      let bootstrap = try InjectEnvoy.output(["bootstrap", file] + options)
      #expect(bootstrap.utf8.count > 65_536)
      try Data(injected.utf8).write(to: URL(filePath: file))
      #expect(try InjectEnvoy.output(["bootstrap", file] + options) == bootstrap)
      #expect(try InjectEnvoy.output(["uninject", file]) == Self.definition(ports: 2).compactText)
    }
  }

  private static func definition(ports: Int) -> JSONValue {
    let mappings = (1...ports).map {
      JSONValue.object([.init("containerPort", .integer(8000 + $0))])
    }
    return [
      "family": "orders", "networkMode": "awsvpc",
      "containerDefinitions": [
        ["name": "app", "image": "a", "memory": 512, "portMappings": .array(mappings)]
      ],
    ]
  }

  private static func withFile<Result>(
    _ text: String, _ body: (String) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "taskdef.json")
      try Data(text.utf8).write(to: file)
      return try body(file.path)
    }
  }
}

enum UpstreamOptions {
  static func many(_ count: Int) -> [String] {
    (1...count).flatMap {
      ["--upstream", "service-\($0)=service-\($0).internal.example.com:\(8000 + $0)"]
    }
  }
}
