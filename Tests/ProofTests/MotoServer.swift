import CommandTesting
import Foundation

/// A simulation of AWS by moto on a loopback port, and the real AWS CLI that calls it.
struct MotoServer {
  private let aws: Program
  private let endpoint: String
  private let home: TemporaryFolder

  /// Runs a server while `body` runs.
  static func run<Result>(
    _ moto: Program, calledBy aws: Program, _ body: (MotoServer) throws -> Result
  ) throws -> Result {
    let port = try Socket.freePort()
    let process = moto.process(["-H", "127.0.0.1", "-p", String(port)])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.start()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    try Socket.waitUntilOpen(port, within: .seconds(60))
    return try body(
      MotoServer(aws: aws, endpoint: "http://127.0.0.1:\(port)", home: TemporaryFolder()))
  }

  /// The environment that makes the AWS CLI use this server.
  var environment: [String: String] {
    [
      "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_PAGER": "",
      "AWS_DEFAULT_REGION": "eu-west-1", "AWS_EC2_METADATA_DISABLED": "true", "HOME": home.path,
      "AWS_ENDPOINT_URL": endpoint, "AWS_DEFAULT_OUTPUT": "json",
    ]
  }

  /// Runs `aws ecs …`.
  func ecs(_ arguments: String...) throws -> Outcome { try run(["ecs"] + arguments) }

  /// Runs `aws …`.
  func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

  /// Runs `aws …`.
  func run(_ arguments: [String]) throws -> Outcome {
    try aws.run(arguments, environment: environment)
  }
}

/// TCP ports of the loopback.
private enum Socket {
  struct NotOpened: Error { let port: UInt16 }

  /// The kernel does not reuse a port soon after it was closed.
  static func freePort() throws -> UInt16 {
    try withSocket(port: 0) { descriptor, address in
      var address = address
      guard withPointer(to: &address, { bind(descriptor, $0, $1) }) == 0 else {
        throw NotOpened(port: 0)
      }
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      _ = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          getsockname(descriptor, $0, &size)
        }
      }
      return UInt16(bigEndian: address.sin_port)
    }
  }

  static func waitUntilOpen(_ port: UInt16, within duration: Duration) throws {
    let deadline = ContinuousClock.now + duration
    while true {
      let isOpen = try withSocket(port: port) { descriptor, address in
        var address = address
        return withPointer(to: &address) { connect(descriptor, $0, $1) } == 0
      }
      if isOpen { return }
      guard ContinuousClock.now < deadline else { throw NotOpened(port: port) }
      usleep(100_000)
    }
  }

  private static func withSocket<Result>(
    port: UInt16, _ body: (Int32, sockaddr_in) throws -> Result
  ) throws -> Result {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return try body(descriptor, address)
  }

  private static func withPointer(
    to address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
