import CommandTesting
import Foundation
import Surroundings
import Testing

/// Faults in the command's environment. Nothing is lost, and the reason is reported.
@Suite struct FaultTests {
  private let folder: TemporaryFolder
  private let file: String

  init() throws {
    folder = try TemporaryFolder()
    file = try folder.write(Sample.web, to: "files/web.json")
  }

  /// The disk fills up while the new file is written. The old file stays, without a second file.
  @Test(.enabled(if: FullDisk.isPossible, "no user namespaces or no root")) func fullDisk() throws {
    let large = Sample.web + String(repeating: " ", count: 40_000)
    let outcome = try FullDisk.run(
      #"cp "$2" disk/web.json && "$1" -i disk/web.json; s=$?; ls disk >&2; cmp "$2" disk/web.json"#
        + " && exit $s", folder.write(large, to: "large.json"), in: folder)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        "Cannot rewrite 'disk/web.json': no space left on device. The file is unchanged."))
    #expect(outcome.errors.hasSuffix("web.json\n") && !outcome.errors.contains("web.json."))
  }

  @Test(.enabled(if: FullDisk.isPossible, "no user namespaces or no root"))
  func readOnlyFileSystem() throws {
    let outcome = try FullDisk.run(
      #"cp "$2" disk/web.json && mount -o remount,ro disk && "$1" -i disk/web.json"#, file,
      in: folder)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        "Cannot rewrite 'disk/web.json': read-only file system. The file is unchanged."))
  }

  /// Files that cannot be read are reported, and the files after them are processed.
  @Test(arguments: [
    ("gone.json", "no such file or directory"), ("files", "is a directory"),
    ("loop", "too many levels of symbolic links"), ("dangling", "no such file or directory"),
    ("/proc/self/mem", "input/output error"), ("files/web.json/x", "not a directory"),
    (String(repeating: "x", count: 300), "file name too long"),
  ])
  func unreadable(_ name: String, _ reason: String) throws {
    try link("loop", to: "loop")
    try link("dangling", to: "gone.json")
    for command in ["inject", "uninject", "check", "policy", "bootstrap"] {
      let outcome = try run([command, name, "files/web.json"])
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("Cannot read '\(name)': \(reason)"), "\(outcome.errors)")
      #expect(!outcome.output.isEmpty)
    }
    let inPlace = try run(["-i", name])
    #expect(inPlace.status == 1 && inPlace.output.isEmpty)
  }

  /// The file or its folder is removed between reading and writing.
  @Test(arguments: ["files/web.json", "files"]) func vanishing(_ name: String) throws {
    let pipe = folder.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let process = Program.injectEnvoy.process(["-i", file, pipe], in: folder.path)
    let errors = try streams(of: process)
    try process.start()
    // The command waits for a writer. It has rewritten the first file, but not the second.
    let end = open(pipe, O_WRONLY)
    try FileManager.default.removeItem(atPath: folder.path(name))
    try FileManager.default.removeItem(atPath: pipe)
    _ = Array(Sample.web.utf8).withUnsafeBytes { write(end, $0.baseAddress, $0.count) }
    close(end)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(
      try folder.text(errors).contains("Cannot rewrite '\(pipe)': no such file or directory"))
    #expect(try folder.names().contains("pipe") == false)
  }

  @Test func aLinkStaysALink() throws {
    try link("link", to: "files/web.json")
    try FileManager.default.linkItem(atPath: file, toPath: folder.path("hard"))
    #expect(try run(["-i", "link"]).status == 0)
    let path = folder.path("link")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "files/web.json")
    #expect(try folder.text("files/web.json") == Outcome.ofCommand([], input: Sample.web).output)
    // A new file gets the name. Other names keep the old file.
    #expect(try folder.text("hard") == Sample.web)
  }

  @Test func pipesAndDevicesAreRead() throws {
    let outcome = try shell(#"mkfifo p && { cat files/web.json > p & "$1" p; }"#)
    #expect(outcome.output == (try Outcome.ofCommand([], input: Sample.web).output))
    #expect(try run(["/dev/null"]).errors.contains("The input contains no document"))
  }

  /// Input larger than any document is rejected before it fills the memory: 2 GiB, and a device without an
  /// end.
  @Test(
    .timeLimit(.minutes(15)),
    arguments: SlowProofs.sample(of: [
      "inject huge", "check huge", "inject -i huge", "inject /dev/zero", "policy /dev/zero",
    ])
  )
  func inputWithoutEnd(_ arguments: String) throws {
    let huge = try folder.write("", to: "huge")
    #expect(truncate(huge, 2 << 30) == 0)
    // The address space in KiB.
    let outcome = try shell(#"ulimit -v 1500000; "$1" \#(arguments)"#)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(": one document has more than 64 MiB.\n  fix: "))
  }

  @Test(.timeLimit(.minutes(15))) func streamsTakeNoMoreMemoryThanADocument() throws {
    let blanks = String(repeating: " ", count: 4 << 20)
    try folder.write(Sample.web + blanks, to: "large")
    let outcome = try shell(
      #"ulimit -v 700000; for n in $(seq 24); do cat large; done | "$1" -q | wc -c"#)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let count = Int(outcome.output.filter(\.isNumber)) ?? 0
    #expect(count > 24 * blanks.utf8.count)
  }

  /// Each process replaces the whole file, so all of them leave the same file.
  @Test(.timeLimit(.minutes(15))) func manyAtOnceOnOneFile() throws {
    let processes = (0..<24).map { _ in Program.injectEnvoy.process(["-q", "-i", file]) }
    for process in processes {
      process.standardError = FileHandle.nullDevice
      try process.start()
    }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    #expect(try folder.text("files/web.json") == Outcome.ofCommand([], input: Sample.web).output)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("files")).count == 1)
  }

  /// After SIGKILL the process cannot clean up. A temporary file may stay, next to the old or the new
  /// content.
  @Test(.timeLimit(.minutes(15))) func killedInTheMiddle() throws {
    let old = Sample.web + String(repeating: " \n", count: 300_000)
    let new = try Outcome.ofCommand([], input: old).output
    let clock = ContinuousClock()
    try folder.write(old, to: "files/web.json")
    let duration = try clock.measure { _ = try Program.injectEnvoy.run(["-i", file]) }
    var seen: Set<Bool> = []
    for part in SlowProofs.sample(upTo: 41) {
      try folder.write(old, to: "files/web.json")
      let process = Program.injectEnvoy.process(["-q", "-i", file])
      try process.start()
      usleep(UInt32(duration / .microseconds(1) / 40) * UInt32(part))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let text = try folder.text("files/web.json")
      #expect(text == old || text == new)
      seen.insert(text == new)
    }
    #expect(seen.contains(false), "no kill came in time")
    // The leftover file does not prevent another run.
    #expect(try run(["-i", "files/web.json"]).status == 0)
    #expect(try folder.text("files/web.json") == new)
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.path(name), withDestinationPath: target)
  }

  private func run(_ arguments: [String]) throws -> Outcome {
    try Program.injectEnvoy.run(arguments, in: folder.path)
  }

  private func shell(_ script: String) throws -> Outcome {
    try Program(path: "/bin/sh").run(
      ["-c", script, "sh", Program.injectEnvoy.path], in: folder.path)
  }

  /// - Returns: the name of the file that receives the errors.
  private func streams(of process: Process) throws -> String {
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(
      forWritingTo: URL(fileURLWithPath: folder.write("", to: "errors")))
    return "errors"
  }
}

/// A disk of 64 KiB that is visible to only one script.
private enum FullDisk {
  static let isPossible: Bool = {
    let probe = try? Program(named: "unshare")?.run(options + ["true"])
    return probe?.status == 0 || ProcessInfo.processInfo.environment["CI"] == "true"
  }()

  private static let options = ["--mount"] + (geteuid() == 0 ? [] : ["--user", "--map-root-user"])

  /// Runs a script. `$1` is the command and `$2` the argument. The disk is mounted at `disk`.
  static func run(_ script: String, _ argument: String, in folder: TemporaryFolder) throws
    -> Outcome
  {
    let unshare = try #require(
      Program(named: "unshare"), "util-linux is missing: apt-get install it")
    let mount = "mkdir disk && mount -t tmpfs -o size=64k tmpfs disk && "
    return try unshare.run(
      options + ["sh", "-c", mount + script, "sh", Program.injectEnvoy.path, argument],
      in: folder.path)
  }
}
