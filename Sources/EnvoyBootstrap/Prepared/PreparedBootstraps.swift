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

  private struct Key: Hashable, Sendable {
    let builder: any BootstrapBuilder

    static func == (left: Key, right: Key) -> Bool { left.builder.equals(right.builder) }

    func hash(into hasher: inout Hasher) { builder.hash(into: &hasher) }
  }

  private enum Entry: Sendable {
    /// One task had this configuration. A text with blanks costs three renderings, so it is made only
    /// when a second task comes.
    case rendered
    /// `nil` means that no text with blanks can be made.
    case prepared(TextFragment?)
  }

  private let entries = Mutex<[Key: Entry]>([:])

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
    let key = Key(builder: blank)
    switch entries.withLock({ $0[key] }) {
    case .prepared(let fragment): return fragment
    case .rendered:
      let fragment = Self.fragment(of: blank, like: builder)
      keep(.prepared(fragment), for: key)
      return fragment
    case nil:
      keep(.rendered, for: key)
      return nil
    }
  }

  private func keep(_ entry: Entry, for key: Key) {
    entries.withLock { entries in
      if entries.count >= Self.capacity, entries[key] == nil { entries.removeAll() }
      entries[key] = entry
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
