public import LosslessJSON
internal import Synchronization

/// A cache of rendered configurations, with blanks for the parts that differ between tasks.
///
/// Most tasks of a run get the same configuration except for a few names and numbers. Rendering and
/// escaping a configuration costs several times as much as the rest of an injection. All tasks with the
/// same options share one instance.
public final class PreparedBootstraps: Sendable {
  /// More kinds of tasks than this are rare. Each entry takes about 12 KB.
  private static let capacity = 100

  private enum State: Sendable {
    /// One task had this configuration. A text with blanks costs three renderings, so it is made only
    /// when a second task comes.
    case rendered
    /// `nil` means that no text with blanks can be made.
    case prepared(TextFragment?)
  }

  private struct Entry: Sendable {
    /// The hash of ``builder``, which tells nearly all builders apart.
    let hash: Int
    /// A builder with placeholders in its blanks.
    let builder: any BootstrapBuilder
    var state: State

    func `is`(_ other: any BootstrapBuilder, _ hash: Int) -> Bool {
      self.hash == hash && builder.equals(other)
    }
  }

  /// A list, because there are few: the metadata of a dictionary's type costs 200,000 instructions.
  private let entries = Mutex<[Entry]>([])

  public init() {}

  /// Renders the configuration as compact JSON.
  ///
  /// - Throws: the problems of ``BootstrapBuilder/check()``.
  public func text(of builder: some BootstrapBuilder) throws(Problem) -> FilledText {
    try builder.check()
    guard let blanks = TaskBlanks(builder), let fragment = fragment(for: builder) else {
      return TextFragment(try builder.bootstrap().json.compactText).filled()
    }
    return fragment.filled(with: blanks.texts)
  }

  private func fragment(for builder: some BootstrapBuilder) -> TextFragment? {
    guard let blank = TaskBlanks.fill(builder, with: TaskBlanks.placeholders) else { return nil }
    let hash = blank.hashValue
    switch entries.withLock({ entries in entries.first { $0.is(blank, hash) }?.state }) {
    case .prepared(let fragment): return fragment
    case .rendered:
      let fragment = Self.fragment(of: blank, like: builder)
      keep(Entry(hash: hash, builder: blank, state: .prepared(fragment)))
      return fragment
    case nil:
      keep(Entry(hash: hash, builder: blank, state: .rendered))
      return nil
    }
  }

  private func keep(_ entry: Entry) {
    entries.withLock { entries in
      if let place = entries.firstIndex(where: { $0.is(entry.builder, entry.hash) }) {
        entries[place] = entry
      } else {
        if entries.count >= Self.capacity { entries.removeAll() }
        entries.append(entry)
      }
    }
  }

  /// - Parameter builder: any builder that equals `blank` once its blanks hold placeholders.
  /// - Returns: `nil` if a placeholder also occurs elsewhere in the text, or makes the configuration
  /// invalid.
  private static func fragment<Builder: BootstrapBuilder>(
    of blank: Builder, like builder: Builder
  ) -> TextFragment? {
    guard let trial = TaskBlanks.fill(builder, with: TaskBlanks.trials),
      let placeholders = TaskBlanks(blank)?.texts, let trials = TaskBlanks(trial)?.texts,
      let text = try? blank.bootstrap().json.compactText,
      let expected = try? trial.bootstrap().json.compactText
    else { return nil }
    let fragment = TextFragment(text, blanks: placeholders)
    return fragment.filled(with: trials).text == expected ? fragment : nil
  }
}

extension BootstrapBuilder {
  fileprivate func equals(_ other: any BootstrapBuilder) -> Bool { other as? Self == self }
}
