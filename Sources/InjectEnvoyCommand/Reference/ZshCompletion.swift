/// The completion script for zsh.
struct ZshCompletion {
  let commands: [CommandDescription]

  var script: String {
    """
    #compdef inject-envoy
    # Completes inject-envoy in zsh: inject-envoy completion zsh > "${fpath[1]}/_inject-envoy"
    _inject-envoy() {
      local command=inject
      local -a commands=(
    \(commands.map { "    " + quoted("\($0.name):\($0.summary)") }.joined(separator: "\n"))
      )
      if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
        _describe -t commands command commands
        _files
        return
      fi
      case $words[2] in
        \(commands.map(\.name).joined(separator: "|")))
          command=$words[2]
          shift words
          (( CURRENT-- ))
          ;;
      esac
      case $command in
    \(commands.map(arguments).joined(separator: "\n"))
      esac
    }

    # Loaded by compinit, the file is the function; sourced, it defines the function.
    if [ "$funcstack[1]" = _inject-envoy ]; then
      _inject-envoy "$@"
    else
      compdef _inject-envoy inject-envoy
    fi

    """
  }

  private func arguments(of command: CommandDescription) -> String {
    let rows = command.options.flatMap(specifications) + operands(of: command)
    return """
          \(command.name))
            _arguments -s -S \\
      \(rows.map { "        \(quoted($0))" }.joined(separator: " \\\n"))
            ;;
      """
  }

  /// The specifications of an option for `_arguments`, one for each spelling.
  private func specifications(of option: Option) -> [String] {
    let spellings = [option.letter.map { "-\($0)" }, option.flag].compactMap(\.self)
    let exclusion = option.isRepeated ? "*" : "(\(spellings.joined(separator: " ")))"
    return spellings.map { spelling in
      let help = escaped(option.help, ["[", "]"])
      guard let placeholder = option.placeholder else { return "\(exclusion)\(spelling)[\(help)]" }
      let joint = spelling.hasPrefix("--") ? "=" : "+"
      return "\(exclusion)\(spelling)\(joint)[\(help)]:\(escaped(placeholder, [":"])):"
        + action(for: option)
    }
  }

  private func action(for option: Option) -> String {
    switch option.path {
    case .file: "_files"
    case .directory: "_files -/"
    case nil where option.candidates.isEmpty: " "
    case nil: "(\(option.candidates.joined(separator: " ")))"
    }
  }

  private func operands(of command: CommandDescription) -> [String] {
    switch command.operands {
    case .files: ["*:file:_files"]
    case .nothing: []
    case .word(let kind, let words): ["1:\(kind):(\(words().joined(separator: " ")))"]
    }
  }

  private func escaped(_ text: String, _ characters: Set<Character>) -> String {
    text.map { $0 == "\\" || characters.contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  private func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
      + "'"
  }
}
