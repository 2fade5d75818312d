import Foundation

/// Says which documents botocore's model of RegisterTaskDefinition takes: what the AWS CLI checks
/// before it calls ECS.
enum RegistrationOracle {
  private static let program = """
    import json, sys
    import botocore.session
    from botocore.validate import ParamValidator
    model = botocore.session.get_session().get_service_model("ecs")
    shape = model.operation_model("RegisterTaskDefinition").input_shape
    for line in sys.stdin:
        report = ParamValidator().validate(json.loads(json.loads(line)), shape)
        print(json.dumps(report.generate_report()), flush=True)
    """

  static let isAvailable = (try? run("import botocore.session", input: [])) != nil

  /// Runs one process for all documents.
  ///
  /// - Returns: for each document what is wrong with it; empty when nothing is.
  static func problems(of documents: [[UInt8]]) throws -> [String] {
    let lines = documents.map { String(decoding: $0, as: UTF8.self) }
    let encoder = JSONEncoder()
    let input = try lines.map { try encoder.encode($0) + Data("\n".utf8) }
    let output = try run(program, input: input)
    return try output.split(separator: UInt8(ascii: "\n"))
      .map { try JSONDecoder().decode(String.self, from: Data($0)) }
  }

  private static func run(_ program: String, input: [Data]) throws -> Data {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("inject-envoy-\(UUID().uuidString)")
    try input.reduce(Data(), +).write(to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    // The folder of Tests/install-tools.sh.
    process.arguments = [
      "PATH=/opt/inject-envoy-tools/bin:\(path)", "python3", "-c", program,
    ]
    process.standardInput = try FileHandle(forReadingFrom: folder)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
    return data
  }

  private struct Failed: Error { let status: Int32 }
}
