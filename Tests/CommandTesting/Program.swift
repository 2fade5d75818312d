public import Foundation

/// A program that runs in a separate process.
public struct Program: Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  /// The built command, which is in the same folder as the tests.
  public static let injectEnvoy = Program(
    path: (Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0]))
      .resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("inject-envoy").path)

  /// The search path for programs: the folder of `Tests/install-tools.sh`, then the PATH.
  public static let searchPath =
    "/opt/inject-envoy-tools/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "")

  /// The first program of this name on the search path.
  public init?(named name: String) {
    let places = Self.searchPath.split(separator: ":")
    guard
      let found = places.map({ "\($0)/\(name)" }).first(where: {
        FileManager.default.isExecutableFile(atPath: $0)
      })
    else { return nil }
    self.path = found
  }

  /// Runs to the end. The process inherits only the search path from this process's environment.
  public func run(
    _ arguments: [String], environment: [String: String] = [:], in directory: String? = nil,
    input: String = ""
  ) throws -> Outcome {
    let folder = try TemporaryFolder()
    let process = process(arguments, environment: environment, in: directory)
    process.standardInput = try FileHandle(
      forReadingFrom: URL(fileURLWithPath: folder.write(input, to: "in")))
    process.standardOutput = try FileHandle(
      forWritingTo: URL(fileURLWithPath: folder.write("", to: "out")))
    process.standardError = try FileHandle(
      forWritingTo: URL(fileURLWithPath: folder.write("", to: "err")))
    try process.start()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: try folder.text("out"),
      errors: try folder.text("err"))
  }

  /// The process, not yet started, for tests that handle its streams themselves.
  public func process(
    _ arguments: [String], environment: [String: String] = [:], in directory: String? = nil
  ) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ["PATH": Self.searchPath].merging(environment) { _, given in given }
    if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
    return process
  }
}

extension Process {
  /// Starts the process without blocked signals. Threads of tests block all signals, and a process inherits
  /// that, so it could not be interrupted or terminated.
  public func start() throws {
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_UNBLOCK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try run()
  }
}
