/// A sentence of a message, with two kinds of holes: `{name}` for values of the document, and settings of
/// the caller.
///
///     let text: Wording = "The task has more than {limit} ports."
///     let fix: Wording = "Name the ports that Envoy serves with \(.appPorts)."
///
/// A library uses its own names of settings. A command that prints the wording knows how its users spell
/// them: ``text(spelling:)``.
public struct Wording: Hashable, Sendable, ExpressibleByStringInterpolation,
  CustomStringConvertible
{
  enum Segment: Hashable, Sendable {
    case text(String)
    /// A value that is filled in for each problem.
    case hole(String)
    case setting(Setting, value: String?)
  }

  /// A part as it was written.
  fileprivate enum Part: Hashable, Sendable {
    /// Its holes are looked for when the wording is used. Every run makes hundreds of wordings, and
    /// prints few of them.
    case literal(String)
    case segment(Segment)
  }

  private var parts: [Part]

  var segments: [Segment] {
    parts.flatMap { part in
      switch part {
      case .literal(let text): Self.parse(text)
      case .segment(let segment): [segment]
      }
    }
  }

  public init(stringLiteral text: String) { parts = [.literal(text)] }

  /// A text that was built at run time. Braces in it are not holes.
  public init(verbatim text: String) { parts = [.segment(.text(text))] }

  public init(stringInterpolation interpolation: StringInterpolation) {
    parts = interpolation.parts
  }

  /// The wording with the library's own names of settings. Holes that are not filled keep their braces.
  public var description: String { text { setting, value in setting.description(value) } }

  /// - Parameter spelling: formats a setting, and a value for it if there is one, as readers write it.
  public func text(spelling: (Setting, String?) -> String) -> String {
    segments.reduce(into: "") { text, segment in
      switch segment {
      case .text(let part): text += part
      case .hole(let name): text += "{\(name)}"
      case .setting(let setting, let value): text += spelling(setting, value)
      }
    }
  }

  /// The names of the unfilled holes, in order.
  public var holes: [String] {
    segments.compactMap { segment in
      if case .hole(let name) = segment { name } else { nil }
    }
  }

  /// The settings that the wording names, in order.
  public var settings: [Setting] {
    segments.compactMap { segment in
      if case .setting(let setting, _) = segment { setting } else { nil }
    }
  }

  /// The wording with values in its holes. Holes without a value remain.
  public func filling(_ values: KeyValuePairs<String, String>) -> Wording {
    guard !values.isEmpty else { return self }
    var filled = self
    filled.parts = segments.map { segment in
      guard case .hole(let name) = segment,
        let value = values.first(where: { $0.key == name })?.value
      else { return .segment(segment) }
      return .segment(.text(value))
    }
    return filled
  }

  public static func + (left: Wording, right: Wording) -> Wording {
    var sum = left
    sum.parts += right.parts
    return sum
  }

  private static func parse(_ text: String) -> [Segment] {
    var segments: [Segment] = []
    var rest = Substring(text)
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
      let close = rest[open...].utf8.firstIndex(of: UInt8(ascii: "}"))
    {
      let name = rest[rest.index(after: open)..<close]
      guard !name.isEmpty, name.allSatisfy({ $0.isLetter }) else {
        segments.append(.text(String(rest[...open])))
        rest = rest[rest.index(after: open)...]
        continue
      }
      if open > rest.startIndex { segments.append(.text(String(rest[..<open]))) }
      segments.append(.hole(String(name)))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty || segments.isEmpty { segments.append(.text(String(rest))) }
    return segments
  }
}

extension Wording {
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: String) { parts.append(.literal(literal)) }

    /// A setting of the caller, and the value that it should have.
    public mutating func appendInterpolation(_ setting: Setting, _ value: String? = nil) {
      parts.append(.segment(.setting(setting, value: value)))
    }

    /// A text that is already known. Braces in it are not holes.
    public mutating func appendInterpolation(_ text: String) {
      parts.append(.segment(.text(text)))
    }

    /// A value such as a number, a pointer or a size, printed as its description.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      parts.append(.segment(.text(value.description)))
    }

    public mutating func appendInterpolation(_ wording: Wording) { parts += wording.parts }
  }
}
