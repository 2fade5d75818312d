import Foundation
import Testing

@testable import InjectEnvoyCommand

/// Libraries name settings. Only the command knows the users' spelling of them.
@Suite struct FlagNamesTests {
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  /// Flags of Envoy and of the OpenTelemetry collector that are also options of this command.
  private static let flagsOfOthers = [
    "--concurrency", "--log-level", "--config=/etc/ecs/ecs-default-config.yaml",
  ]

  static let files: [URL] = {
    let all = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    return (all?.compactMap { $0 as? URL } ?? []).filter { file in
      file.pathExtension == "swift"
        && !["/InjectEnvoyCommand/", "/inject-envoy/", "/Benchmarks/"].contains {
          file.path.contains("Sources" + $0)
        }
    }
  }()

  @Test func noLibraryNamesAnOptionOfTheCommand() throws {
    let names = Set(OptionTable.all.map(\.flag))
    #expect(Self.files.count > 200)
    for file in Self.files {
      let source = try String(contentsOf: file, encoding: .utf8)
      for text in SwiftLiterals(of: source).texts where !Self.flagsOfOthers.contains(text) {
        let flags = Self.words(of: text).filter { names.contains($0) }
        #expect(flags.isEmpty, "\(file.lastPathComponent): \(text)")
        #expect(!text.contains(Option.variablePrefix), "\(file.lastPathComponent): \(text)")
      }
    }
  }

  /// Words made of letters and hyphens, such as flags.
  private static func words(of text: String) -> [String] {
    text.split { !($0.isASCII && $0.isLetter || $0 == "-") }.map(String.init)
  }

  @Test(arguments: [
    (#"let a = "x" // "y""#, ["x"]), (#"/* "a" /* "b" */ "c" */ "d""#, ["d"]),
    (#""a\"b" + "c""#, [#"a\"b"#, "c"]), (##"#"a"b\#(f("c"))d"#"##, ["c", #"a"b d"#]),
    (#""a\(f("--user", (1, 2)))b""#, ["--user", "a b"]),
    ("\"\"\"\n  a \"b\"\n  \"\"\"", ["\n  a \"b\"\n  "]),
  ])
  func aLexerFindsLiterals(_ source: String, _ texts: [String]) {
    #expect(SwiftLiterals(of: source).texts == texts)
  }
}
