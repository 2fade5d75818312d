import CommandTesting
import Foundation
import Testing

@Suite struct InPlaceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func rewritesAndTakesBack() throws {
    let first = try folder.write(Sample.web, to: "a.json")
    let second = try folder.write(Sample.pair, to: "b.json")
    let outcome = try Outcome.ofCommand(["-i", first, second])
    #expect(outcome.status == 0 && outcome.output == "")
    #expect(try folder.text("a.json") == Outcome.ofCommand([], input: Sample.web).output)
    #expect(try folder.text("b.json") == Outcome.ofCommand([], input: Sample.pair).output)
    #expect(try Outcome.ofCommand(["uninject", "-i", first, second]).status == 0)
    #expect(try folder.text("a.json") == Sample.web)
    #expect(try folder.names() == ["a.json", "b.json"])
  }

  @Test func leavesARefusedFileAlone() throws {
    let bad = try folder.write("{}", to: "bad.json")
    let good = try folder.write(Sample.web, to: "good.json")
    #expect(try Outcome.ofCommand(["-i", bad, good]).status == 1)
    #expect(try folder.text("bad.json") == "{}")
    #expect(try folder.text("good.json") != Sample.web)
  }

  @Test(arguments: [0o600, 0o644, 0o755, 0o640]) func keepsTheMode(_ mode: Int) throws {
    let file = try folder.write(Sample.web, to: "web.json")
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    #expect(try Outcome.ofCommand(["-i", file]).status == 0)
    #expect(try attribute(.posixPermissions, of: file) == mode)
  }

  @Test(.enabled(if: geteuid() == 0, "only root may give files away")) func keepsTheOwner() throws {
    let file = try folder.write(Sample.web, to: "web.json")
    #expect(chown(file, 1337, 1338) == 0)
    #expect(try Outcome.ofCommand(["-i", file]).status == 0)
    #expect(try attribute(.ownerAccountID, of: file) == 1337)
    #expect(try attribute(.groupOwnerAccountID, of: file) == 1338)
  }

  @Test func rewritesWhatALinkNames() throws {
    try folder.write(Sample.web, to: "real/web.json")
    let link = folder.path("link.json")
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "real/web.json")
    #expect(try Outcome.ofCommand(["-i", link]).status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real/web.json")
    #expect(try folder.text("real/web.json") != Sample.web)
  }

  @Test func doesNotTouchWhatIsUpToDate() throws {
    let injected = try Outcome.ofCommand([], input: Sample.web).output
    let file = try folder.write(injected, to: "web.json")
    let inode = try attribute(.systemFileNumber, of: file)
    #expect(try Outcome.ofCommand(["-i", file]).status == 0)
    #expect(try attribute(.systemFileNumber, of: file) == inode)
  }

  @Test func keepsAMissingFinalNewlineAndLineEnds() throws {
    let windows = String(Sample.web.dropLast()).replacing("\n", with: "\r\n")
    let file = try folder.write(windows, to: "web.json")
    #expect(try Outcome.ofCommand(["-i", file]).status == 0)
    let text = try folder.text("web.json")
    #expect(text.hasSuffix("}"))
    #expect(!text.replacing("\r\n", with: "").utf8.contains(UInt8(ascii: "\n")))
    #expect(try Outcome.ofCommand(["uninject", "-i", file]).status == 0)
    #expect(try folder.text("web.json") == windows)
  }

  /// If a pipe were replaced by a file, its reader would wait forever.
  @Test func refusesWhatIsNoRegularFile() throws {
    let pipe = folder.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let text = try folder.write(Sample.web, to: "web.json")
    let writer = Program(path: "/bin/sh").process(["-c", "cat \"$0\" > \"$1\"", text, pipe])
    try writer.start()
    let outcome = try Outcome.ofCommand(["-i", pipe])
    writer.waitUntilExit()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("Cannot rewrite '\(pipe)': it is not a regular file."))
    #expect(try folder.names() == ["pipe", "web.json"])
  }

  private func attribute(_ key: FileAttributeKey, of path: String) throws -> Int? {
    (try FileManager.default.attributesOfItem(atPath: path)[key] as? NSNumber)?.intValue
  }
}
