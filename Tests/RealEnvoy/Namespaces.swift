public import Foundation

/// The emulator of ECS in `Tests/EndToEnd`, and what it needs in addition to Envoy.
public enum Namespaces {
  public static let howToGet =
    """
    the end-to-end tests need root, ip, iptables, curl, openssl, envsubst, and a Python with grpcio, h2 and \
    xds-protos: run Tests/install-tools.sh, or set E2E_PYTHON
    """

  private static let python =
    ProcessInfo.processInfo.environment["E2E_PYTHON"]
    ?? RealEnvoy.virtualEnvironment + "/bin/python"

  /// If the emulator cannot run, tests that need it are skipped. In CI they run, and fail.
  public static let areExpected = areAvailable || RealEnvoy.isCI

  private static let areAvailable: Bool = {
    guard getuid() == 0 else { return false }
    let probe =
      "command -v ip iptables curl openssl setpriv unshare envsubst"
      + " && \(python) -c 'import grpc, h2, envoy.config'"
    return (try? RealEnvoy.run("/bin/sh", "-c", probe).status) == 0
  }()

  /// The folder of scripts and task definitions.
  public static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../EndToEnd").standardized

  /// Two scripts at a time, because each one keeps an Envoy and its clients busy.
  private static let scripts: OperationQueue = {
    let queue = OperationQueue()
    queue.maxConcurrentOperationCount = 2
    return queue
  }()

  /// Runs a script of ``folder`` with real Envoy. Other tests run in the meantime.
  public static func run(
    _ script: String, _ arguments: String...
  ) async throws -> (status: Int32, output: String) {
    let envoy = try RealEnvoy.existingPath()
    let command =
      [
        "PYTHONDONTWRITEBYTECODE=1", "ENVOY_BIN=\(envoy)", python,
        folder.appending(path: script).path,
      ] + arguments
    return try await withCheckedThrowingContinuation { continuation in
      scripts.addOperation {
        continuation.resume(with: Result { try RealEnvoy.run(["/usr/bin/env"] + command) })
      }
    }
  }
}
