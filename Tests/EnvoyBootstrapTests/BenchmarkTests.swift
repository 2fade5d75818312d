import EnvoyBootstrap
import Foundation
import LosslessJSON
import Testing

/// What the sidecar costs against a bare Envoy. Takes minutes, so only with BENCHMARK=1.
@Suite(
  .needsEnvoy, .needsNamespaces,
  .enabled(if: ProcessInfo.processInfo.environment["BENCHMARK"] == "1", "BENCHMARK is not 1"))
struct BenchmarkTests {
  @Test func costOfFeatures() throws {
    let envoy = try #require(RealEnvoy.path, RealEnvoy.howToGet)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, json) in try configurations() {
      try Data(json.compactText.utf8).write(to: folder.appending(path: name + ".json"))
    }
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../EndToEnd/benchmark.py").standardized
    let (status, output) = try RealEnvoy.run(
      "/usr/bin/env", "ENVOY_BIN=\(envoy)", Namespaces.python, script.path, folder.path)
    #expect(status == 0, "\(output)")
    print(output)
  }

  private func configurations() throws -> [(name: String, json: JSONValue)] {
    let full = try sidecar(nil, .http)
    return [
      ("bare", Self.bare),
      ("sidecar-without-log", full.removing("access_log")),
      ("sidecar", full),
      ("sidecar-sniffed", try sidecar(nil, nil)),
      ("sidecar-otel-5-percent", try sidecar(.openTelemetry(samplingRate: 0.05), .http)),
      ("sidecar-xray-5-percent", try sidecar(.xray(samplingRate: 0.05), .http)),
      ("sidecar-otel-all", try sidecar(.openTelemetry(samplingRate: 1), .http)),
    ]
  }

  private func sidecar(_ tracing: Tracing?, _ spoken: ServiceProtocol?) throws -> JSONValue {
    try StaticSidecar(
      server: .init(node: Combinations.node, memoryMiB: 512, tracing: tracing),
      appPorts: [AppPort(8080, spoken)]
    ).bootstrap().json
  }

  /// The least that proxies HTTP.
  private static let bare: JSONValue = [
    "static_resources": [
      "listeners": [
        [
          "address": ["socket_address": ["address": "0.0.0.0", "port_value": 15000]],
          "filter_chains": [["filters": [manager]]],
        ]
      ],
      "clusters": [
        [
          "name": "app",
          "load_assignment": [
            "cluster_name": "app",
            "endpoints": [
              ["lb_endpoints": [["endpoint": ["address": ["socket_address": appAddress]]]]]
            ],
          ],
        ]
      ],
    ]
  ]

  private static let appAddress: JSONValue = ["address": "127.0.0.1", "port_value": 8080]

  private static let manager: JSONValue = [
    "name": "envoy.filters.network.http_connection_manager",
    "typed_config": [
      "@type":
        .string(
          "type.googleapis.com/envoy.extensions.filters.network"
            + ".http_connection_manager.v3.HttpConnectionManager"),
      "stat_prefix": "bare",
      "route_config": [
        "virtual_hosts": [
          [
            "name": "app", "domains": ["*"],
            "routes": [["match": ["prefix": "/"], "route": ["cluster": "app"]]],
          ]
        ]
      ],
      "http_filters": [
        [
          "name": "envoy.filters.http.router",
          "typed_config": [
            "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"
          ],
        ]
      ],
    ],
  ]
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
