import EnvoyInjector
import LosslessJSON

/// The form in which `inject` and `uninject` print a document.
enum DocumentProduct: Sendable {
  /// The document itself, unchanged or in another layout.
  case document(Layout?)
  /// The changes in the format of `diff -u`.
  case diff(Layout?)
  case report(ReportFormat)
  /// No text: a dry run, which would print the document.
  case nothing

  /// - Throws: if the options contradict each other.
  init(_ options: OutputOptions) throws(CommandError) {
    let layout: Layout? = options.isPretty ? .pretty : options.isCompact ? .compact : nil
    if options.isPretty, options.isCompact {
      throw .usage("--pretty and --compact exclude each other.", fix: "Give one of them.")
    }
    guard let format = options.reports.printed else {
      let prints = !options.isDryRun || options.isInPlace || options.documentFolder != nil
      self = options.isDiff ? .diff(layout) : prints ? .document(layout) : .nothing
      return
    }
    if layout != nil {
      throw .usage("--report excludes --pretty and --compact.", fix: "Leave one of them out.")
    }
    if options.isDiff {
      throw .usage("--report and --diff exclude each other.", fix: "Give one of them.")
    }
    self = .report(format)
  }

  /// The flag that keeps files from being rewritten; `nil` if there is none.
  var obstacleInPlace: String? {
    switch self {
    case .document, .nothing: nil
    case .diff: "--diff"
    case .report: "--report"
    }
  }

  /// The flag that keeps the output from having one line for each document; `nil` if there is none.
  var obstacleToRecords: String? {
    switch self {
    case .document(.pretty): "--pretty"
    case .document, .report(.json), .nothing: nil
    case .diff: "--diff"
    case .report(let format): "--report \(format.rawValue)"
    }
  }

  /// The secrets to hide in messages about a document. Reports and diffs also hide secrets that are added.
  func redaction(of injection: Injection) -> Redaction {
    switch self {
    case .document, .nothing: Redaction(read: injection.read)
    case .diff, .report: Redaction(of: injection)
    }
  }

  /// Whether ``text(of:from:file:hiding:)`` needs the bytes of the injected document.
  var readsOutput: Bool {
    switch self {
    case .document(nil), .nothing: false
    case .document, .diff, .report: true
    }
  }

  /// - Parameters:
  ///   - bytes: the document as it was read.
  ///   - redaction: evaluated for reports and diffs only.
  func text(
    of injection: Injection, from bytes: [UInt8], file: String,
    hiding redaction: @autoclosure () -> Redaction
  ) -> PrintedText {
    if case .document(nil) = self { return injection.text }
    return PrintedText(self.bytes(of: injection, from: bytes, file, redaction))
  }

  private func bytes(
    of injection: Injection, from bytes: [UInt8], _ file: String, _ redaction: () -> Redaction
  ) -> [UInt8] {
    switch self {
    case .document(let layout): return Self.document(injection, layout)
    case .diff(let layout):
      return Self.diff(from: bytes, to: Self.document(injection, layout), file, redaction())
    case .nothing: return []
    case .report(.diff):
      return Self.diff(
        from: bytes, to: injection.output, file, redaction(), expandingEmbedded: true)
    case .report(.json): return InjectionReport(injection, file: file, hiding: redaction()).json
    case .report(.text): return InjectionReport(injection, file: file, hiding: redaction()).text
    case .report(.mermaid):
      guard let diagram = TaskDiagram(injection.output) else { return [] }
      return Array("```mermaid\n\(Printable.lines(redaction().masked(diagram.mermaid)))```\n".utf8)
    }
  }

  /// A diff that `patch` cannot apply says so in its first line, which `patch` skips.
  private static func diff(
    from old: [UInt8], to new: [UInt8], _ file: String, _ redaction: Redaction,
    expandingEmbedded expands: Bool = false
  ) -> [UInt8] {
    let masked = (redaction.masked(document: old), redaction.masked(document: new))
    let shown =
      expands
      ? (EmbeddedJSON.expanded(masked.0, redaction), EmbeddedJSON.expanded(masked.1, redaction))
      : masked
    let diff = UnifiedDiff(from: shown.0, to: shown.1).text(name: file)
    guard !diff.isEmpty else { return [] }
    let isHidden = masked != (old, new) && diff.firstRange(of: "***".utf8) != nil
    let printable = Printable.contents(diff)
    let reasons = [
      shown == masked ? nil : decoded, isHidden ? hidden : nil,
      printable == diff ? nil : escaped,
    ].compactMap { $0 }
    guard !reasons.isEmpty else { return diff }
    return Array("\(reasons.joined(separator: ", ")): patch cannot apply this diff.\n".utf8)
      + printable
  }

  private static let decoded = "Embedded configurations are decoded"
  private static let hidden = "Secrets are hidden with ***"
  private static let escaped = "Control characters are escaped"

  /// Whether there is a difference, including one between secrets that a diff hides.
  func changes(_ injection: Injection, from bytes: [UInt8]) -> Bool {
    switch self {
    case .diff(let layout): Self.document(injection, layout) != bytes
    case .report(.diff): injection.output != bytes
    case .document, .report, .nothing: false
    }
  }

  private static func document(_ injection: Injection, _ layout: Layout?) -> [UInt8] {
    guard let layout, let document = try? Document(injection.output) else {
      return injection.output
    }
    return document.reprinted(layout)
  }
}
