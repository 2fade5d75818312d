import CommandTesting
import Foundation
import Surroundings
import Testing

/// Tests that need a separate process.
@Suite struct ProcessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func readsAPipeAndWritesAPipe() throws {
    let document = try folder.write(Sample.web, to: "web.json")
    let outcome = try shell(#"cat "$2" | "$1" | "$1" uninject | cmp - "$2""#, document)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func endsQuietlyWhenNobodyReads() throws {
    let document = try folder.write(Self.large, to: "large.json")
    let outcome = try shell(#"{ "$1" "$2" "$2"; echo "status $?" >&2; } | head -c 1"#, document)
    #expect(outcome.output == "{")
    #expect(outcome.errors == "status 0\n")
  }

  @Test func saysThatTheOutputIsFull() throws {
    let outcome = try shell(#""$1" < "$2" > /dev/full"#, folder.write(Sample.web, to: "web.json"))
    #expect(outcome.status == 1)
    #expect(
      outcome.errors == """
        inject-envoy: error: Cannot write the output: no space left on device.
          fix: Discard the output: it is not complete.

        """)
    #expect(try shell(#""$1" --help > /dev/full; test $? = 1"#, "").status == 0)
  }

  @Test func livesWithClosedStreams() throws {
    let document = try folder.write(Sample.web, to: "web.json")
    #expect(try shell(#""$1" < "$2" 2>&-"#, document).status == 0)
    #expect(try shell(#""$1" <&-"#, "").errors.contains("Cannot read standard input"))
    #expect(try shell(#""$1" < "$2" >&-"#, document).status == 1)
  }

  @Test(.timeLimit(.minutes(15))) func readsLargeInput() throws {
    let back = try shell(
      #""$1" < "$2" | "$1" uninject | cmp - "$2""#, folder.write(Self.large, to: "large.json"))
    #expect(back.status == 0, "\(back.errors)")
  }

  @Test func findsItsSettingsInTheWorkingDirectory() throws {
    let plain = try run([])
    try folder.write(#"{"user": 1402}"#, to: "inject-envoy.json")
    #expect(try run([]).output.contains("\"user\": \"1402\""))
    // The first of the two names wins.
    try folder.write("user: 1401\n", to: "inject-envoy.yaml")
    #expect(try run([]).output.contains("\"user\": \"1401\""))
    try folder.write("user: 1403\n", to: "other.yaml")
    let variable = ["INJECT_ENVOY_CONFIG": "other.yaml"]
    #expect(try run([], variable).output.contains("\"user\": \"1403\""))
    try folder.write("", to: "none.yaml")
    #expect(try run(["--config", "none.yaml"], variable).output == plain.output)
    try folder.write("usr: 1\n", to: "inject-envoy.yaml")
    #expect(try run([]).status == 64)
    // Its patches also apply there.
    #expect(try run(["uninject"]).status == 64)
  }

  @Test func takesTheEnvironmentOfTheProcess() throws {
    #expect(try run([], ["INJECT_ENVOY_USER": "1405"]).output.contains("\"user\": \"1405\""))
    let value = try run([], ["INJECT_ENVOY_ENV": "A==b\nC=d"])
    #expect(value.output.contains("\"value\": \"=b\""))
    #expect(try run([], ["INJECT_ENVOY_USER": ""]).status == 0)
    #expect(try run([], ["INJECT_ENVOY_SERVICE_HOST": "10.0.0.1"]).status == 0)
    #expect(try run([], ["INJECT_ENVOY_USERR": "1"]).status == 64)
    #expect(try run([], ["INJECT_ENVOYX": "1"]).status == 0)
  }

  @Test func takesFilesThatLookLikeOptions() throws {
    try folder.write(Sample.web, to: "--job")
    try folder.write(Sample.pair, to: "inject")
    #expect(try run(["--", "--job"]).output == run([]).output)
    #expect(try run(["inject", "inject"]).output == run([], input: Sample.pair).output)
    #expect(
      try run(["./inject", "-"]).output == run(["inject"], input: Sample.pair).output
        + run([]).output)
  }

  @Test func saysWhyAFileCanNotBeReadOrRewritten() throws {
    let command = try folder.copyForEverybody(Program.injectEnvoy.path)
    let file = try folder.write(Sample.web, to: "web.json")
    chmod(file, 0)
    let unreadable = try asNobody(command, [file])
    #expect(unreadable.status == 1)
    #expect(unreadable.errors.contains("Cannot read '\(file)': permission denied"))
    chmod(file, 0o644)
    let unwritable = try asNobody(command, ["-i", file])
    #expect(unwritable.status == 1)
    #expect(
      unwritable.errors.contains(
        "Cannot rewrite '\(file)': permission denied. The file is unchanged."))
    #expect(try folder.text("web.json") == Sample.web)
    #expect(try folder.names() == ["inject-envoy", "web.json"])
  }

  /// At any time of the signal, the file is the old or the new one, and no other file remains.
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func isNeverInterruptedBetweenOldAndNew(_ signal: Int32) throws {
    let new = try Outcome.ofCommand([], input: Self.large).output
    let file = try folder.write(Self.large, to: "large.json")
    let clock = ContinuousClock()
    let duration = try clock.measure { _ = try Program.injectEnvoy.run(["-i", file]) }
    #expect(try folder.text("large.json") == new)
    for part in SlowProofs.sample(upTo: 21) {
      try folder.write(Self.large, to: "large.json")
      let process = Program.injectEnvoy.process(["-i", file])
      process.standardError = FileHandle.nullDevice
      try process.start()
      usleep(UInt32(duration / .microseconds(1) / 20) * UInt32(part))
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      let text = try folder.text("large.json")
      #expect(text == Self.large || text == new)
      #expect(try folder.names() == ["large.json"])
    }
  }

  /// Megabytes of white space, which ECS does not count.
  private static let large = Sample.web.replacing(
    "\n  \"family\"", with: "\n" + String(repeating: "  \n", count: 300_000) + "  \"family\"")

  private func run(
    _ arguments: [String], _ environment: [String: String] = [:], input: String = Sample.web
  ) throws -> Outcome {
    try Program.injectEnvoy.run(
      arguments, environment: environment, in: folder.path, input: input)
  }

  /// Root may do everything, so tests that run as root switch to another user.
  private func asNobody(_ command: String, _ arguments: [String]) throws -> Outcome {
    if geteuid() != 0 {
      chmod(folder.path, 0o555)
      defer { chmod(folder.path, 0o755) }
      return try Program(path: command).run(arguments)
    }
    let setpriv = try #require(
      Program(named: "setpriv"), "util-linux is missing: apt-get install it")
    return try setpriv.run(
      ["--reuid", "65534", "--regid", "65534", "--clear-groups", command] + arguments)
  }

  /// Runs a script. `$1` is the command and `$2` the argument.
  private func shell(_ script: String, _ argument: String) throws -> Outcome {
    try Program(path: "/bin/sh").run(["-c", script, "sh", Program.injectEnvoy.path, argument])
  }
}

extension TemporaryFolder {
  /// A copy of a program in this folder that everybody may run.
  fileprivate func copyForEverybody(_ program: String) throws -> String {
    let copy = path("inject-envoy")
    try FileManager.default.copyItem(atPath: program, toPath: copy)
    chmod(copy, 0o755)
    chmod(path, 0o755)
    return copy
  }
}
