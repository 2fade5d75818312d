/// The completion script for fish.
struct FishCompletion {
  let commands: [CommandDescription]

  var script: String {
    """
    # Completes inject-envoy in fish:
    # inject-envoy completion fish > ~/.config/fish/completions/inject-envoy.fish
    function __inject_envoy_runs
        set -l words (commandline -opc)
        set -l command inject
        if contains -- "$words[2]" \(commands.map(\.name).joined(separator: " "))
            set command $words[2]
        end
        contains -- $command $argv
    end

    \((commands.map(row) + commands.compactMap(operands) + options).joined(separator: "\n"))

    """
  }

  /// The command as the first word.
  private func row(for command: CommandDescription) -> String {
    "complete -c inject-envoy -n 'test (count (commandline -opc)) -eq 1' "
      + "-a \(command.name) -d \(quoted(command.summary))"
  }

  /// - Returns: `nil` if the command reads files, which fish completes by default.
  private func operands(of command: CommandDescription) -> String? {
    let condition = "complete -c inject-envoy -n '__inject_envoy_runs \(command.name)' -f"
    return switch command.operands {
    case .files: nil
    case .nothing: condition
    case .word(_, let words): condition + " -a \(quoted(words().joined(separator: " ")))"
    }
  }

  private var options: [String] {
    OptionTable.all.compactMap { option in
      let takers = commands.filter { $0.accepts(option) }.map(\.name)
      guard !takers.isEmpty else { return nil }
      let letter = option.letter.map { " -s \($0)" } ?? ""
      return "complete -c inject-envoy -n '__inject_envoy_runs \(takers.joined(separator: " "))'"
        + "\(letter) -l \(option.name)\(value(of: option)) -d \(quoted(option.help))"
    }
  }

  /// Whether the option takes a value, and what fish offers for it.
  private func value(of option: Option) -> String {
    guard option.placeholder != nil else { return "" }
    switch option.path {
    case .file: return " -r -F"
    case .directory: return " -x -a '(__fish_complete_directories)'"
    case nil where option.candidates.isEmpty: return " -x"
    case nil: return " -x -a \(quoted(option.candidates.joined(separator: " ")))"
    }
  }

  private func quoted(_ text: String) -> String {
    "'" + text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
  }
}
