import Glibc
import InjectEnvoyCommand

// Without this, a closed pipe ends the program with a signal instead of an error from write.
signal(SIGPIPE, SIG_IGN)

func texts(_ words: Words) -> [String] {
  var texts: [String] = []
  while let text = words[texts.count] { texts.append(String(cString: text)) }
  return texts
}

var environment: [String: String] = [:]
for text in texts(environ) {
  let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
  if parts.count == 2, Command.readsVariable(parts[0]) {
    environment[String(parts[0])] = String(parts[1])
  }
}

let arguments = startWords.map(texts) ?? CommandLine.arguments
exit(Command.run(arguments: Array(arguments.dropFirst()), environment: environment))
