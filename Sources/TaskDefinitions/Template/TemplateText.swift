import CloudFormation
package import LosslessJSON

/// A text in a template: a sequence of literals and functions. Outside of templates it is one literal.
public struct TemplateText: Hashable, Sendable, ExpressibleByStringLiteral {
  package enum Part: Hashable, Sendable {
    case literal(String)
    /// - Parameter known: the function's value with the template's defaults; `nil` if it is unknown.
    case function(JSONValue, known: String?)
  }

  /// The parts in order. No two literals are adjacent, and none is empty.
  package let parts: [Part]

  package init(_ parts: [Part]) {
    self.parts = parts.reduce(into: []) { joined, part in
      switch (joined.last, part) {
      case (_, .literal("")): break
      case (.literal(let before), .literal(let text)):
        joined[joined.count - 1] = .literal(before + text)
      default: joined.append(part)
      }
    }
  }

  package init(_ literal: String) { self.init([.literal(literal)]) }
  public init(stringLiteral literal: String) { self.init(literal) }

  package static func + (left: TemplateText, right: TemplateText) -> TemplateText {
    TemplateText(left.parts + right.parts)
  }

  /// The text as a pattern for IAM outside of a template, with `*` for unknown values.
  public var pattern: String {
    parts.map { part in
      switch part {
      case .literal(let text): text
      case .function(_, let known): known ?? "*"
      }
    }.joined()
  }

  /// The text; `nil` if a part of it is unknown.
  package var known: String? {
    let isKnown = parts.allSatisfy { part in
      if case .function(_, nil) = part { false } else { true }
    }
    return isKnown ? pattern : nil
  }

  /// The literal at the beginning; `nil` if the text begins with a function.
  package var prefix: String? {
    guard case .literal(let text) = parts.first else { return parts.isEmpty ? "" : nil }
    return text
  }

  /// The parts between separators. Separators inside functions do not count.
  package func split(by separator: Character) -> [TemplateText] {
    var fields: [[Part]] = [[]]
    for part in parts {
      guard case .literal(let text) = part else {
        fields[fields.count - 1].append(part)
        continue
      }
      let texts = text.split(separator: separator, omittingEmptySubsequences: false)
      for (index, text) in texts.enumerated() {
        if index > 0 { fields.append([]) }
        fields[fields.count - 1].append(.literal(String(text)))
      }
    }
    return fields.map { TemplateText($0) }
  }
}

// MARK: Reading and writing templates

extension TemplateText {
  /// - Parameters:
  ///   - value: a scalar or a function.
  ///   - known: the value of a function, if it is known.
  /// - Returns: `nil` for any other list or object.
  package init?(_ value: JSONValue, known: (JSONValue) -> String? = { _ in nil }) {
    guard let parts = Self.parts(of: value, known) else { return nil }
    self.init(parts)
  }

  private static func parts(
    of value: JSONValue, _ known: (JSONValue) -> String?
  ) -> [Part]? {
    switch value {
    case .string(let text), .number(let text): return [.literal(text)]
    case .bool(let flag): return [.literal(String(flag))]
    case .null, .array: return nil
    case .object(let members):
      guard Intrinsic.isIntrinsic(value) else { return nil }
      return parts(of: members[0].name, members[0].value, known)
        ?? [.function(value, known: known(value))]
    }
  }

  /// - Returns: `nil` for a function that has no literal parts.
  private static func parts(
    of function: String, _ argument: JSONValue, _ known: (JSONValue) -> String?
  ) -> [Part]? {
    switch function {
    case Intrinsic.sub:
      return Substitution(argument)?.parts(known)
    case Intrinsic.join:
      guard let arguments = argument.array, arguments.count == 2,
        let separator = arguments[0].string, let elements = arguments[1].array
      else { return nil }
      let texts = elements.map { parts(of: $0, known) }
      guard !texts.contains(nil) else { return nil }
      return Array(texts.compactMap { $0 }.joined(separator: [.literal(separator)]))
    case Intrinsic.getAtt:
      guard let path = argument.string else { return nil }
      let function = Intrinsic.attribute(path)
      return [.function(function, known: known(function))]
    default: return nil
    }
  }

  /// The value in a template's spelling.
  package var value: JSONValue {
    switch (parts.first, parts.count) {
    case (nil, _): return ""
    case (.literal(let text), 1): return .string(text)
    case (.function(let function, _), 1): return function
    default: break
    }
    var text = ""
    var variables: [JSONValue.Member] = []
    for part in parts {
      switch part {
      case .literal(let literal): text += Substitution.escaped(literal)
      case .function(let function, _):
        if let variable = Substitution.variable(of: function) {
          text += "${\(variable)}"
        } else {
          let variable = JSONValue.Member("Value\(variables.count + 1)", function)
          variables.append(variable)
          text += "${\(variable.name)}"
        }
      }
    }
    let template = JSONValue.string(text)
    return [Intrinsic.sub: variables.isEmpty ? template : [template, .object(variables)]]
  }
}

extension Substitution {
  fileprivate func parts(_ known: (JSONValue) -> String?) -> [TemplateText.Part]? {
    let texts = pieces.map { piece -> [TemplateText.Part]? in
      switch piece {
      case .literal(let text): [.literal(text)]
      case .value(let value): TemplateText(value, known: known)?.parts
      }
    }
    return texts.contains(nil) ? nil : texts.flatMap { $0 ?? [] }
  }
}
