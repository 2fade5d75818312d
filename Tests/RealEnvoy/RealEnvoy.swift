import Foundation

/// The Envoy binary for tests, in the version that the package supports.
///
/// Several test targets share this target. It is a plain target, which release builds compile too, so it
/// cannot use the module `Testing`, which does not exist for static builds.
public enum RealEnvoy {
  public static let howToGet =
    "real Envoy is missing: run Tests/install-tools.sh, or set ENVOY_BIN"

  struct Missing: Error, CustomStringConvertible {
    var description: String { howToGet }
  }

  /// If Envoy is missing, tests that need it are skipped. In CI they run, and fail.
  public static let isExpected = path != nil || isCI

  static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

  /// Not in a home directory, because other users than root must be able to read it.
  static let virtualEnvironment = "/opt/inject-envoy-tools"

  public static let path: String? = {
    if let given = ProcessInfo.processInfo.environment["ENVOY_BIN"] { return given }
    let library = virtualEnvironment + "/lib"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: library)) ?? []
    return versions.map { "\(library)/\($0)/site-packages/envoy/_bin/envoy" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// Loads a configuration without opening a socket. Returns everything that Envoy logs at level warning or
  /// above, or its exit status, or `nil` if there is no complaint.
  public static func complaints(about configuration: String) throws -> String? {
    let (status, output) = try run(
      try existingPath(), "--mode", "validate", "--log-level", "warning", "--config-yaml",
      configuration)
    let lines = output.split(separator: "\n").filter {
      !$0.hasSuffix("OK") && !$0.hasSuffix(unreachable)
    }
    return status == 0 && lines.isEmpty ? nil : "status \(status)\n" + lines.joined(separator: "\n")
  }

  /// Loading opens no connection, so the certificates of clusters cannot be asked for.
  private static let unreachable = "REST update for /v3/discovery:secrets failed"

  /// Envoy's complaints about the invalid ones of many configurations.
  public static func complaints(about configurations: [String]) async throws -> [String] {
    try await withThrowingTaskGroup(of: String?.self) { group in
      var all: [String?] = []
      for (index, configuration) in configurations.enumerated() {
        // Two at a time, because each Envoy uses a core.
        if index >= 2, let one = try await group.next() { all.append(one) }
        group.addTask {
          try complaints(about: configuration).map { "\($0)\nin \(configuration)" }
        }
      }
      for try await one in group { all.append(one) }
      return all.compactMap(\.self)
    }
  }

  static func existingPath() throws -> String {
    guard let path else { throw Missing() }
    return path
  }

  /// Runs a program to its end. Its standard output and error are returned as one text.
  public static func run(_ arguments: String...) throws -> (status: Int32, output: String) {
    try run(arguments)
  }

  static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
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
