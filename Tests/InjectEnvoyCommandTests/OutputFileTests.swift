import CommandTesting
import Foundation
import Testing

/// What `--output` and `--dry-run` write, and what they leave alone.
@Suite struct OutputFileTests {
  private let folder: TemporaryFolder
  private let injected: String

  init() throws {
    folder = try TemporaryFolder()
    injected = try Outcome.ofCommand([], input: Sample.web).output
  }

  @Test(arguments: [
    ["-o", "out.json"], ["-oout.json"], ["--output=out.json"], ["-qo", "out.json"],
  ])
  func createsTheFile(_ words: [String]) throws {
    let outcome = try Program.injectEnvoy.run(words, in: folder.path, input: Sample.web)
    #expect(outcome.status == 0 && outcome.output == "")
    #expect(try folder.text("out.json") == injected)
    #expect(try folder.names() == ["out.json"])
  }

  @Test func replacesTheInputItself() throws {
    let file = try folder.write(Sample.web, to: "web.json")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    #expect(try Outcome.ofCommand(["-o", file, file]).status == 0)
    #expect(try folder.text("web.json") == injected)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try Outcome.ofCommand(["uninject", file, "-o", file]).status == 0)
    #expect(try folder.text("web.json") == Sample.web)
  }

  @Test func everyCommandThatPrintsADocumentWritesIt() throws {
    let file = folder.path("out")
    for words in [
      ["--diff"], ["--report", "json"], ["bootstrap"],
      ["gateway", "--upstream", "a=a.internal:80"],
    ] {
      let printed = try Outcome.ofCommand(words, input: Sample.web)
      let outcome = try Outcome.ofCommand(words + ["--output", file], input: Sample.web)
      #expect(outcome.status == printed.status && outcome.output == "", "\(outcome.errors)")
      #expect(try folder.text("out") == printed.output)
    }
    #expect(try Outcome.ofCommand(["-o", "-"], input: Sample.web).output == injected)
    #expect(try Outcome.ofCommand(["check", "-o", file], input: Sample.web).status == 64)
  }

  @Test func aRefusedDocumentLeavesTheFile() throws {
    let file = try folder.write("old", to: "out.json")
    #expect(try Outcome.ofCommand(["-o", file], input: Sample.web + "{}").status == 1)
    #expect(try folder.text("out.json") == "old")
    #expect(try Outcome.ofCommand(["-o", folder.path("new.json")], input: "{}").status == 1)
    #expect(try folder.names() == ["out.json"])
  }

  @Test func aDeviceGetsTheOutputAtOnce() throws {
    #expect(try Outcome.ofCommand(["-o", "/dev/null"], input: Sample.web).status == 0)
    #expect(FileManager.default.fileExists(atPath: "/dev/null"))
  }

  @Test func saysWhyItCannotWrite() throws {
    let missing = try Outcome.ofCommand(["-o", folder.path("no/out")], input: Sample.web)
    #expect(missing.status == 1)
    #expect(missing.errors.contains("Cannot write '\(folder.path("no/out"))': no such file"))
    let directory = try Outcome.ofCommand(["-o", folder.path], input: Sample.web)
    #expect(directory.status == 1)
    #expect(directory.errors.contains("it is not a regular file."))
  }

  @Test func aDryRunWritesNothing() throws {
    let web = try folder.write(Sample.web, to: "web.json")
    let real = try Outcome.ofCommand([web])
    for words in [[], ["-i"], ["-o", folder.path("out")]] {
      let outcome = try Outcome.ofCommand(["--dry-run", web] + words)
      #expect(outcome.status == 0 && outcome.output == "")
      #expect(outcome.errors == real.errors + "inject-envoy: dry run: no document was written\n")
    }
    #expect(try folder.text("web.json") == Sample.web)
    #expect(try folder.names() == ["web.json"])
    #expect(try Outcome.ofCommand(["--dry-run"], input: "{}").status == 1)
    #expect(try !Outcome.ofCommand(["--dry-run", "--diff", web]).output.isEmpty)
  }
  @Test func aDryRunOfAFleetChecksTheNamesOfFiles() throws {
    let words = ["--dry-run", "--output-dir", folder.path("out")]
    #expect(try Outcome.ofCommand(words, input: Sample.web).status == 0)
    let twice = try Outcome.ofCommand(words, input: Sample.web + Sample.web)
    #expect(twice.status == 1 && twice.errors.contains("has the family 'web' too"))
    #expect(try folder.names() == [])
  }

  @Test(arguments: [["-i", "web.json"], ["--output-dir", "d"], ["--report", "json=out"]])
  func hasOneDestination(_ others: [String]) throws {
    let outcome = try Outcome.ofCommand(["-o", "out"] + others, input: Sample.web)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.errors.contains("Give "), "\(outcome.errors)")
  }
}
