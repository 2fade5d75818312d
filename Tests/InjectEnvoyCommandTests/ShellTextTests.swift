import CommandTesting
import LosslessJSON
import Testing

/// Shell text in health checks and entry points is ours. Only numbers vary in it.
@Suite struct ShellTextTests {
  private static let word = "pwned"
  /// Runs a command if a shell reads it, quoted or not.
  private static let hostile = [
    "$(\(word))`\(word)`;\(word);|\(word)'\(word)\"\(word)", "' \n\(word)\n\" \n\(word)\n",
  ]

  @Test(arguments: OptionCase.all) func noOptionReachesAShell(_ option: OptionCase) throws {
    let name = option.value.prefix { $0 != "=" }
    for text in Self.hostile {
      for value in [text, option.value + text, "\(name)=\(text)", "\(text)=\(option.value)"] {
        let outcome = try Outcome.ofCommand(
          option.others + ["--\(option.name)=\(value)"], input: option.document)
        guard outcome.status == 0, ["inject", "gateway"].contains(option.command) else { continue }
        try expectOwnShellText(in: outcome.output)
      }
    }
  }

  @Test(arguments: hostile) func noTextOfADocumentReachesAShell(_ text: String) throws {
    let document = try Document(Array(Sample.web.utf8))
    let names = ["family", "image", "awslogs-group", "awslogs-region", "awslogs-stream-prefix"]
    let input = document.value(document.root).replacingTexts(of: names, with: text)
    for options in [
      [], ["--tracing", "xray"], ["--tracing", "otel"], ["--virtual-node", Sample.node],
    ] {
      let outcome = try Outcome.ofCommand(options, input: input.compactText)
      try #require(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains(Self.word))
      try expectOwnShellText(in: outcome.output)
    }
  }

  private func expectOwnShellText(
    in output: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let document = try Document(Array(output.utf8))
    let containers = document.value(document.root)["containerDefinitions"]?.array ?? []
    let scripts = containers.flatMap { container in
      [container["entryPoint"], container["command"], container["healthCheck"]?["command"]]
        .compactMap { $0?.array }.flatMap(Self.scripts)
    }
    #expect(!scripts.isEmpty, sourceLocation: sourceLocation)
    for script in scripts {
      #expect(!script.contains(Self.word), "\(script)", sourceLocation: sourceLocation)
    }
  }

  /// The words after `-c` and `CMD-SHELL`.
  private static func scripts(_ words: [JSONValue]) -> [String] {
    zip(words, words.dropFirst()).compactMap { flag, script in
      flag == "-c" || flag == "CMD-SHELL" ? script.string : nil
    }
  }
}

extension JSONValue {
  /// The value, with other texts in the members with these names, at any depth.
  fileprivate func replacingTexts(of names: [String], with text: String) -> JSONValue {
    switch self {
    case .array(let elements):
      .array(elements.map { $0.replacingTexts(of: names, with: text) })
    case .object(let members):
      .object(
        members.map { member in
          let isText = names.contains(member.name) && member.value.string != nil
          let value = isText ? .string(text) : member.value.replacingTexts(of: names, with: text)
          return Member(member.name, value)
        })
    default: self
    }
  }
}
