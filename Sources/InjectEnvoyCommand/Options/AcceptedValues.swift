/// The values that an option accepts, as far as completions and the schema of the configuration file
/// describe them.
indirect enum AcceptedValues: Sendable {
  /// `true` or `false`.
  case flag
  case integer(ClosedRange<Int>)
  /// One of these words.
  case words(@Sendable () -> [String])
  /// The path of a file on this machine.
  case file
  /// The path of a directory on this machine.
  case directory
  /// Any text: only the option itself can judge it.
  case text
  /// Such a value, or the word `none`.
  case orNone(AcceptedValues)
}

extension Option {
  /// Words to complete the value with.
  var candidates: [String] { accepted.words ?? literals }

  /// The parts of the placeholder that are written as they are, such as `all` in `all|none|NAME,…`.
  private var literals: [String] {
    (placeholder ?? "").split(separator: "|").map(String.init).filter { part in
      part.allSatisfy { $0 == "-" || ("a"..."z").contains($0) }
    }
  }

  /// Whether the values are files or directories, to complete them with paths.
  var path: AcceptedValues.Path? { accepted.path }
}

extension AcceptedValues {
  enum Path { case file, directory }

  /// `nil` unless only certain words are accepted.
  var words: [String]? {
    switch self {
    case .words(let words): words()
    case .orNone(let other): other.words
    case .flag, .integer, .file, .directory, .text: nil
    }
  }

  fileprivate var path: Path? {
    switch self {
    case .file: .file
    case .directory: .directory
    case .orNone(let other): other.path
    case .flag, .integer, .words, .text: nil
    }
  }
}
