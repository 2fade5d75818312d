import Glibc
import InjectEnvoyCommand

// A reader that goes away is told by an error of write, not by a signal.
signal(SIGPIPE, SIG_IGN)

var environment: [String: String] = [:]
var entry = environ
while let text = entry.pointee {
  let parts = String(cString: text).split(
    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
  if parts.count == 2, parts[0].hasPrefix("INJECT_ENVOY_") {
    environment[String(parts[0])] = String(parts[1])
  }
  entry += 1
}

exit(Command.run(arguments: Array(CommandLine.arguments.dropFirst()), environment: environment))
