import Glibc

/// A program that is measured, as a whole process.
struct Contender {
  let name: String
  /// Program and arguments; the program is looked up in PATH.
  let command: [String]
  /// The number of cores it may use; `nil` for all.
  var cores: Int?

  /// The program, limited to some cores.
  func on(cores: Int) -> Contender {
    Contender(name: name, command: command, cores: cores)
  }

  private var line: [String] {
    guard let cores else { return command }
    return ["taskset", "-c", (0..<cores).map { String($0) }.joined(separator: ",")] + command
  }

  /// The cost of one run.
  struct Run {
    /// Wall-clock time from start to exit.
    var seconds: Double
    /// Maximum resident set size; never less than that of the benchmark itself.
    var peakBytes: Int
  }

  /// Runs once with `input` as standard input. The output is discarded.
  ///
  /// - Parameter mayFail: whether the exit status may report a difference or a finding.
  /// - Throws: if it cannot be started, or fails.
  func run(
    input: String, output: String = "/dev/null", mayFail: Bool = false
  ) throws -> Run {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var arguments: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let start = Self.now()
    var process: pid_t = 0
    guard posix_spawnp(&process, line[0], &actions, nil, &arguments, environ) == 0 else {
      throw Failure(text: "\(name) can't be run: \(command.joined(separator: " "))")
    }
    var (status, usage): (Int32, rusage) = (0, rusage())
    wait4(process, &status, 0, &usage)
    let seconds = Self.now() - start
    guard status == 0 || mayFail else { throw Failure(text: "\(name) failed on \(input)") }
    // In KiB on Linux.
    return Run(seconds: seconds, peakBytes: usage.ru_maxrss * 1024)
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Why the contenders cannot be compared.
struct Failure: Error { let text: String }
