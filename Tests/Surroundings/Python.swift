import Foundation

/// Python 3, with the packages of `Tests/install-tools.sh` if they are installed.
public enum Python {
  /// Runs a script.
  ///
  /// - Parameter input: the text for its standard input.
  /// - Returns: what it printed.
  /// - Throws: ``Failed`` if its exit status is not 0.
  public static func run(_ script: String, input: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    process.arguments = ["PATH=/opt/inject-envoy-tools/bin:\(path)", "python3", "-c", script]
    let (source, sink) = (Pipe(), Pipe())
    process.standardInput = source
    process.standardOutput = sink
    process.standardError = FileHandle.nullDevice
    try process.run()
    // Writes from a separate thread, because both pipes can be full.
    let writer = Thread {
      source.fileHandleForWriting.write(Data(input.utf8))
      source.fileHandleForWriting.closeFile()
    }
    writer.start()
    let output = sink.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
    return String(decoding: output, as: UTF8.self)
  }

  public struct Failed: Error { public let status: Int32 }
}
