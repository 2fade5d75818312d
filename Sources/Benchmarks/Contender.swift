import Glibc

/// A program that does the job, as a whole process.
struct Contender {
  let name: String
  /// Program and arguments; the program is looked up in PATH.
  let command: [String]

  /// Runs once with `input` as standard input; what it prints is thrown away.
  ///
  /// - Returns: seconds from start to end, or `nil` when it could not be run or failed.
  func seconds(input: String) -> Double? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let start = Self.now()
    var process: pid_t = 0
    guard posix_spawnp(&process, command[0], &actions, nil, &arguments, environ) == 0 else {
      return nil
    }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return status == 0 ? Self.now() - start : nil
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
