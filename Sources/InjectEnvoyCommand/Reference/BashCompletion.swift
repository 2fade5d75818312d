/// The completion script for bash.
struct BashCompletion {
  let commands: [CommandDescription]

  var script: String {
    """
    # Completes inject-envoy in bash: source <(inject-envoy completion bash)
    _inject_envoy_paths() {
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen "-$1" -- "$2")
    }

    _inject_envoy() {
      local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
      local command=inject words=
      # Bash divides --option=value at the equals sign.
      [ "$current" != = ] || current=
      [ "$previous" != = ] || previous=${COMP_WORDS[COMP_CWORD - 2]}
      case ${COMP_WORDS[1]} in
        \(names.joined(separator: " | "))) [ "$COMP_CWORD" = 1 ] || command=${COMP_WORDS[1]} ;;
      esac
      case $command:$previous in
    \(values)
        *)
          case $command:$current in
    \(commands.map(options).joined(separator: "\n"))
    \(commands.compactMap(operands).joined(separator: "\n"))
            *) _inject_envoy_paths f "$current" ;;
          esac
          [ "$COMP_CWORD" != 1 ] || words+=" \(names.joined(separator: " "))"
          ;;
      esac
      [ -z "$words" ] || mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$words" -- "$current")
    }

    complete -F _inject_envoy inject-envoy

    """
  }

  private var names: [String] { commands.map(\.name) }

  /// The cases in which the word before is an option with a value, by what the value is completed with.
  private var values: String {
    let options = OptionTable.all.filter { $0.placeholder != nil }
    return Dictionary(grouping: options, by: action).sorted { $0.key < $1.key }
      .map { action, options in
        let patterns = options.flatMap(patterns).joined(separator: " | ")
        return "    \(patterns)) \(action)\(action.isEmpty ? "" : " ");;"
      }.joined(separator: "\n")
  }

  /// Names the commands only if other commands have another option of that name.
  private func patterns(of option: Option) -> [String] {
    let isUnique = OptionTable.all.count { $0.name == option.name } == 1
    let takers = isUnique ? ["*"] : commands.filter { $0.accepts(option) }.map(\.name)
    let flags = [option.letter.map { "-\($0)" }, option.flag].compactMap(\.self)
    return takers.flatMap { taker in flags.map { "\(taker):\($0)" } }
  }

  private func action(for option: Option) -> String {
    switch option.path {
    case .file: #"_inject_envoy_paths f "$current""#
    case .directory: #"_inject_envoy_paths d "$current""#
    case nil where option.candidates.isEmpty: ""
    case nil: "words='\(option.candidates.joined(separator: " "))'"
    }
  }

  private func options(of command: CommandDescription) -> String {
    let flags = command.options.flatMap { option in
      (option.letter.map { ["-\($0)"] } ?? []) + [option.flag]
    }
    return "        \(command.name):-*) words='\(flags.joined(separator: " "))' ;;"
  }

  /// - Returns: `nil` if the command reads files.
  private func operands(of command: CommandDescription) -> String? {
    switch command.operands {
    case .files: nil
    case .nothing: "        \(command.name):*) ;;"
    case .word(_, let words):
      "        \(command.name):*) words='\(words().joined(separator: " "))' ;;"
    }
  }
}
