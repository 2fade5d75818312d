import Glibc

/// Counts instructions with valgrind. The count is repeatable, unlike the time.
enum Instructions {
  /// - Returns: the instructions of one run, or `nil` without valgrind.
  static func count(of command: [String], input: String) -> Int? {
    let words = command.map { "'\($0)'" }.joined(separator: " ")
    let line =
      "valgrind --tool=callgrind --callgrind-out-file=/dev/null \(words) < '\(input)' 2>&1 >/dev/null"
    guard let pipe = popen(line, "r") else { return nil }
    defer { pclose(pipe) }
    var buffer = [CChar](repeating: 0, count: 4096)
    while fgets(&buffer, Int32(buffer.count), pipe) != nil {
      let text = buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } } ?? ""
      guard text.contains("Collected :") else { continue }
      return text.split(separator: " ").last.flatMap { Int($0.filter(\.isNumber)) }
    }
    return nil
  }
}
