/// A command of a ```console block, and its expected output.
struct ConsoleExample: Sendable {
  let command: String
  /// Standard output and error, as a terminal shows them. A line `...` matches any number of lines.
  let expected: [String]

  /// All commands in order. Commands of one block share a folder.
  static func all(in markdown: String) -> [ConsoleExample] {
    blocks("console", in: markdown).flatMap(examples)
  }

  /// The texts between "```LANGUAGE" and "```".
  static func blocks(_ language: String, in markdown: String) -> [[String]] {
    var blocks: [[String]] = []
    var block: [String]?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if let open = block {
        if line == "```" { blocks.append(open) }
        block = line == "```" ? nil : open + [String(line)]
      } else if line == "```\(language)" {
        block = []
      }
    }
    return blocks
  }

  private static func examples(in block: [String]) -> [ConsoleExample] {
    var examples: [ConsoleExample] = []
    for line in block {
      if line.hasPrefix("$ ") {
        examples.append(ConsoleExample(command: String(line.dropFirst(2)), expected: []))
      } else if let last = examples.popLast() {
        let continues = last.expected.isEmpty && last.command.hasSuffix("\\")
        examples.append(
          continues
            ? ConsoleExample(command: last.command + "\n" + line, expected: [])
            : ConsoleExample(command: last.command, expected: last.expected + [line]))
      }
    }
    return examples
  }

  /// Whether the output is the expected one.
  func matches(_ output: String) -> Bool {
    var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return Self.matches(lines[...], expected[...])
  }

  private static func matches(
    _ lines: ArraySlice<String>, _ expected: ArraySlice<String>
  ) -> Bool {
    guard let first = expected.first else { return lines.isEmpty }
    let rest = expected.dropFirst()
    guard first.trimmingBlanks == "..." else {
      return lines.first == first && matches(lines.dropFirst(), rest)
    }
    return (lines.startIndex...lines.endIndex).contains { matches(lines[$0...], rest) }
  }
}

extension String {
  fileprivate var trimmingBlanks: Substring { drop { $0 == " " } }
}
