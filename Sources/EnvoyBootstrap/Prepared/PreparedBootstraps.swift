public import LosslessJSON
internal import Synchronization

/// Texts of configurations that were made for earlier tasks, with blanks for what differs.
///
/// Most tasks of a run get the same configuration but for a few names and numbers. To render the
/// configuration and to escape it costs several times as much as the rest of an injection. All
/// tasks of one set of options share an instance.
public final class PreparedBootstraps: Sendable {
  /// More than this many kinds of tasks are rare; each takes about 12 KB.
  private static let capacity = 100

  private struct Key: Hashable, Sendable {
    let builder: any BootstrapBuilder

    static func == (left: Key, right: Key) -> Bool { left.builder.equals(right.builder) }

    func hash(into hasher: inout Hasher) { builder.hash(into: &hasher) }
  }

  /// Where no text with blanks can be made, there is a fragment of `nil`.
  private let fragments = Mutex<[Key: TextFragment?]>([:])

  public init() {}

  /// The configuration's compact JSON.
  ///
  /// - Throws: what the builder throws.
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
    if let known = fragments.withLock({ $0[key] }) { return known }
    let fragment = Self.fragment(of: blank, like: builder)
    fragments.withLock { fragments in
      if fragments.count >= Self.capacity { fragments.removeAll() }
      fragments[key] = .some(fragment)
    }
    return fragment
  }

  /// - Parameter builder: any builder that becomes `blank` with placeholders.
  /// - Returns: `nil` when a placeholder also stands elsewhere in the text, or makes the
  ///   configuration invalid.
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
