import CommandTesting
import Foundation
import Testing

/// `--output-dir`: a file for each document of a run.
@Suite struct DocumentFolderTests {
  private let folder: TemporaryFolder
  private let output: String
  private static let other = Sample.web.replacing("web", with: "shop")

  init() throws {
    folder = try TemporaryFolder()
    output = folder.path("out")
  }

  private func inject(_ input: String, _ arguments: String...) throws -> Outcome {
    try Outcome.ofCommand(["--output-dir", output] + arguments, input: input)
  }

  @Test func writesEachDocumentToAFileOfItsFamily() throws {
    let outcome = try inject(Sample.web + "\n" + Self.other)
    #expect(outcome.status == 0 && outcome.output == "", "\(outcome.errors)")
    #expect(outcome.errors.contains("web: injected ("))
    #expect(try folder.names() == ["out"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: output).count == 2)
    let alone = try Outcome.ofCommand([], input: Sample.web).output
    #expect(try folder.text("out/web.json").hasPrefix(alone.dropLast()))
    let back = try Outcome.ofCommand(
      ["uninject", "--output-dir", output, folder.path("out/shop.json")])
    #expect(back.status == 0)
    #expect(try folder.text("out/shop.json") == Self.other)
  }

  @Test(arguments: [
    "../x", "..", ".", "", "a/b", "a.b", "é", "a\\u0000b", "a, b",
    String(repeating: "a", count: 256),
  ])
  func aFamilyThatIsNoNameIsRefused(_ family: String) throws {
    let bad = Sample.web.replacing("\"web\"", with: "\"\(family)\"")
    let outcome = try inject(bad + Self.other)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(family.isEmpty ? "has no family" : "cannot name a file"))
    #expect(outcome.errors.contains("shop: injected"))
    #expect(!outcome.errors.contains("\(family): injected") || family.isEmpty)
    #expect(try folder.names() == ["out"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: output) == ["shop.json"])
  }

  @Test func aFamilyComesOnceInARun() throws {
    let file = try folder.write(Sample.web.replacing("example.com/app:1", with: "b"), to: "b.json")
    let first = try folder.write(Sample.web, to: "a.json")
    let outcome = try Outcome.ofCommand(["--output-dir", output, first, file])
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        "\(file): error: An earlier document of this run has the family 'web' too and takes the "
          + "file.\n  fix: Give one document of each family.\n"), "\(outcome.errors)")
    #expect(try folder.text("out/web.json").contains("example.com/app:1"))
    // Another run replaces the file.
    #expect(try Outcome.ofCommand(["--output-dir", output, file]).status == 0)
    #expect(try !folder.text("out/web.json").contains("example.com/app:1"))
  }

  @Test func doesNotFollowALink() throws {
    try folder.write("keep", to: "target")
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: output + "/web.json", withDestinationPath: "../target")
    let outcome = try inject(Sample.web)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("something that is not a regular file"), "\(outcome.errors)")
    #expect(try folder.text("target") == "keep")
    #expect(try FileManager.default.contentsOfDirectory(atPath: output) == ["web.json"])
  }

  @Test func aRefusedDocumentHasNoFile() throws {
    let outcome = try inject(Sample.web.replacing("awsvpc", with: "bridge") + Self.other)
    #expect(outcome.status == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: output) == ["shop.json"])
  }

  @Test(arguments: [["-i"], ["--diff"], ["--report", "json"], ["--on-error", "record"]])
  func excludesOtherDestinations(_ other: [String]) throws {
    let file = try folder.write(Sample.web, to: "web.json")
    let outcome = try Outcome.ofCommand(["--output-dir", output] + other + [file])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("--output-dir"), "\(outcome.errors)")
    #expect(try folder.names() == ["web.json"])
  }

  @Test func theParentOfTheDirectoryMustExist() throws {
    let outcome = try Outcome.ofCommand(
      ["--output-dir", folder.path("no/out")], input: Sample.web)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("no such file or directory"), "\(outcome.errors)")
  }
}
