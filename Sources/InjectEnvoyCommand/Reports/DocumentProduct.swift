import EnvoyInjector
import LosslessJSON

/// What `inject` and `uninject` print for a document.
enum DocumentProduct: Sendable {
  /// The document itself, as it is or in another layout.
  case document(Layout?)
  /// What would change, as `diff -u` prints it.
  case diff(Layout?)
  case report(ReportFormat)

  /// Of an option's value, `json` and others.
  enum ReportFormat: String, CaseIterable, Sendable { case json, text, mermaid }

  /// - Throws: when the switches contradict each other.
  init(_ given: [String: String]) throws(CommandError) {
    let layout: Layout? =
      given["pretty"] != nil ? .pretty : given["compact"] != nil ? .compact : nil
    if given["pretty"] != nil, given["compact"] != nil {
      throw .usage("--pretty and --compact exclude each other", fix: "give one of them")
    }
    guard let name = given["report"] else {
      self = given["diff"] == nil ? .document(layout) : .diff(layout)
      return
    }
    guard let format = ReportFormat(rawValue: name) else {
      let names = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw .usage(
        "--report: '\(name)' is no report format", fix: "write --report with one of \(names)")
    }
    if layout != nil {
      throw .usage(
        "--report excludes --pretty and --compact", fix: "leave out what you do not want")
    }
    if given["diff"] != nil {
      throw .usage("--report and --diff exclude each other", fix: "give one of them")
    }
    self = .report(format)
  }

  /// Whether files can be rewritten with it; otherwise the switch that is in the way.
  var obstacleInPlace: String? {
    switch self {
    case .document: nil
    case .diff: "--diff"
    case .report: "--report"
    }
  }

  /// What has to be hidden where a document is told of: in reports and diffs also what is added.
  func redaction(of injection: Injection) -> Redaction {
    if case .document = self { Redaction(read: injection.read) } else { Redaction(of: injection) }
  }

  /// - Parameters:
  ///   - bytes: the document as it was read.
  ///   - redaction: documents themselves are not asked for it.
  func text(
    of injection: Injection, from bytes: [UInt8], file: String,
    hiding redaction: @autoclosure () -> Redaction
  ) -> [UInt8] {
    switch self {
    case .document(let layout): return Self.document(injection, layout)
    case .diff(let layout):
      return Self.diff(from: bytes, to: Self.document(injection, layout), file, redaction())
    case .report(.json): return InjectionReport(injection, file: file, hiding: redaction()).json
    case .report(.text): return InjectionReport(injection, file: file, hiding: redaction()).text
    case .report(.mermaid):
      guard let diagram = TaskDiagram(injection.output) else { return [] }
      return Array("```mermaid\n\(Printable.lines(redaction().masked(diagram.mermaid)))```\n".utf8)
    }
  }

  /// What `patch` can't apply says so in its first line, which `patch` skips.
  private static func diff(
    from old: [UInt8], to new: [UInt8], _ file: String, _ redaction: Redaction
  ) -> [UInt8] {
    let masked = (redaction.masked(document: old), redaction.masked(document: new))
    let diff = UnifiedDiff(from: masked.0, to: masked.1).text(name: file)
    let isHidden = masked != (old, new) && diff.firstRange(of: "***".utf8) != nil
    let printable = Printable.contents(diff)
    let reasons = [isHidden ? hidden : nil, printable == diff ? nil : escaped].compactMap { $0 }
    guard !reasons.isEmpty else { return diff }
    return Array("\(reasons.joined(separator: ", ")): patch cannot apply this diff.\n".utf8)
      + printable
  }

  private static let hidden = "Secrets are hidden with ***"
  private static let escaped = "Control characters are escaped"

  /// Whether a diff has something to say: also that secrets, which it hides, took each other's place.
  func changes(_ injection: Injection, from bytes: [UInt8]) -> Bool {
    guard case .diff(let layout) = self else { return false }
    return Self.document(injection, layout) != bytes
  }

  private static func document(_ injection: Injection, _ layout: Layout?) -> [UInt8] {
    guard let layout, let document = try? Document(injection.output) else {
      return injection.output
    }
    return document.reprinted(layout)
  }
}
