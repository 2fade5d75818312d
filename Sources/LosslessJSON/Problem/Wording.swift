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

  private(set) var segments: [Segment] = []

  public init(stringLiteral text: String) { segments = Self.parse(text) }

  /// A text that was built at run time. Braces in it are not holes.
  public init(verbatim text: String) { segments = [.text(text)] }

  public init(stringInterpolation interpolation: StringInterpolation) {
    segments = interpolation.segments
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
    guard !values.isEmpty, segments.count > 1 || holes.count == 1 else { return self }
    var filled = self
    filled.segments = segments.map { segment in
      guard case .hole(let name) = segment,
        let value = values.first(where: { $0.key == name })?.value
      else { return segment }
      return .text(value)
    }
    return filled
  }

  public static func + (left: Wording, right: Wording) -> Wording {
    var sum = left
    sum.segments += right.segments
    return sum
  }

  private static func parse(_ text: String) -> [Segment] {
    var segments: [Segment] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
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
    var segments: [Segment] = []

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: String) { segments += parse(literal) }

    /// A setting of the caller, and the value that it should have.
    public mutating func appendInterpolation(_ setting: Setting, _ value: String? = nil) {
      segments.append(.setting(setting, value: value))
    }

    /// A text that is already known. Braces in it are not holes.
    public mutating func appendInterpolation(_ text: String) { segments.append(.text(text)) }

    /// A value such as a number, a pointer or a size, printed as its description.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      segments.append(.text(value.description))
    }

    public mutating func appendInterpolation(_ wording: Wording) { segments += wording.segments }
  }
}
