import CommandTesting
import Foundation
import LosslessJSON
import Surroundings
import TaskDefinitions
import Testing

@testable import InjectEnvoyCommand

/// What is made from the table of options for other programs: completions, the manual page, the schema
/// and tables of the documentation.
@Suite struct ReferenceTests {
  private static let records = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"

  @Test(arguments: ["bash", "zsh", "fish"]) func completesInTheShell(_ shell: String) throws {
    guard let python = try Tool("python3").program, try Tool(shell).program != nil else { return }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("complete.py").path
    let outcome = try python.run([script, shell, Program.injectEnvoy.path])
    #expect(outcome == Outcome(status: 0, output: "", errors: ""))
  }

  @Test func completionNeedsAKnownShell() throws {
    let missing = try Outcome.ofCommand(["completion"])
    #expect(missing.status == 64 && missing.errors.contains("fix: Give one of bash, zsh, fish."))
    let wrong = try Outcome.ofCommand(["completion", "bsh"])
    #expect(wrong.status == 64 && wrong.errors.contains("fix: Did you mean 'bash'?"))
    let two = try Outcome.ofCommand(["completion", "bash", "zsh"])
    #expect(two.status == 64 && two.errors.contains("fix: Give the name of one shell."))
  }

  @Test func theManualPageHasNoWarnings() throws {
    guard let man = try Tool("man").program else { return }
    let page = try Outcome.ofCommand(["man"]).output
    let outcome = try man.run(
      ["--warnings", "--local-file", "-"], environment: ["LC_ALL": "C.UTF-8", "MANWIDTH": "100"],
      input: page)
    #expect(outcome.status == 0 && outcome.errors == "")
    // Without overstriking, as in a terminal.
    let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for option in OptionTable.all { #expect(words.contains(option.flag), "\(option.name)") }
    for command in Subcommands.descriptions {
      #expect(words.contains("inject-envoy \(command.usage.replacing("…", with: "..."))"))
    }
  }

  @Test func theArticleIsMadeFromTheTable() throws {
    let file = Folders.package.appendingPathComponent(
      "Sources/EnvoyInjector/EnvoyInjector.docc/Options.md")
    let article = OptionTables.article(Subcommands.descriptions)
    let written = try? Folders.text(file)
    if Self.records, written != article {
      try Data(article.utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent): look at the difference and run again")
      return
    }
    #expect(written == article, "RECORD_GOLDEN=1 swift test rewrites it")
  }

  @Test func theLicensesAreThoseOfTheFiles() throws {
    let names = ["LICENSE", "Sources/Packaging/NOTICE", "Sources/Packaging/LGPL-2.1"]
    let texts = try names.map { try Folders.text(Folders.package.appendingPathComponent($0)) }
    let text = texts.joined(separator: "\n\(String(repeating: "=", count: 78))\n\n")
    let file = Folders.package.appendingPathComponent(
      "Sources/InjectEnvoyCommand/Reference/LicenseTexts.swift")
    let source = try Folders.text(file)
    let parts = source.split(separator: "\"\"\"", omittingEmptySubsequences: false)
    try #require(parts.count == 3)
    if Self.records, parts[1] != "\n\(text)\n" {
      try Data("\(parts[0])\"\"\"\n\(text)\n\"\"\"\(parts[2])".utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent): look at the difference and build again")
      return
    }
    #expect(parts[1] == "\n\(text)\n", "RECORD_GOLDEN=1 swift test rewrites it")
    #expect(try Outcome.ofCommand(["licenses"]).output == text)
  }

  @Test func theVersionIsTheSameEverywhere() throws {
    let version = Version.current
    let readme = try Folders.text(Folders.package.appendingPathComponent("README.md"))
    for text in ["inject-envoy@v\(version)\n", "version: \(version) ", "inject-envoy:\(version) <"]
    {
      #expect(readme.contains(text), "\(text)")
    }
    let docc = Folders.package.appendingPathComponent("Sources/EnvoyInjector/EnvoyInjector.docc")
    let changes = try Folders.text(docc.appendingPathComponent("Changelog.md"))
    #expect(changes.split(separator: "\n").first { $0.hasPrefix("## ") } == "## \(version)")
  }

  @Test func theReadmeHasTheMostUsedOptions() throws {
    let readme = try Folders.text(Folders.package.appendingPathComponent("README.md"))
    #expect(readme.contains("\n\n\(OptionTables.common)\n\n"), "\(OptionTables.common)")
  }
}

/// A program that a test runs. Where it is missing, the test is skipped; on CI it fails.
private struct Tool {
  let program: Program?

  init(_ name: String) throws {
    program = Program(named: name)
    guard program == nil else { return }
    if ProcessInfo.processInfo.environment["CI"] == "true" {
      Issue.record("\(name) is missing: Tests/install-tools.sh installs it")
    } else {
      print("skipped: \(name) is missing")
    }
  }
}
