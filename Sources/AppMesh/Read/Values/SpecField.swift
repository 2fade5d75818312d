import CloudFormation
import LosslessJSON

/// A member of an object or an element of an array, which may be missing.
///
/// Each reading method returns `nil` if the field is missing. It also returns `nil`, after reporting a
/// problem, if App Mesh's API does not allow the value.
struct SpecField {
  /// The name in App Mesh's API.
  let name: String
  let value: SpecValue?
  let owner: SpecValue
  let log: ProblemLog

  /// This field. Reports a problem if it is missing.
  var required: SpecField {
    if value == nil {
      log.add(Self.missing, ["name": name], at: owner.origin)
    }
    return self
  }

  /// - Parameter allowsControls: whether the text may contain line breaks and other control characters.
  /// In other fields, they make Envoy reject its configuration.
  func text(length: ClosedRange<Int>? = nil, allowsControls: Bool = false) -> String? {
    guard let text = scalar() else { return nil }
    guard allowsControls || !text.unicodeScalars.contains(where: \.isControl) else {
      refuse(Self.control, ["name": name])
      return nil
    }
    do throws(Problem) {
      try Placeholder.refuse(in: text)
    } catch {
      log.add(unresolved: error, needed: "'\(name)'", at: (value ?? owner).origin)
      return nil
    }
    guard let length, !length.contains(text.unicodeScalars.count) else { return text }
    if text.isEmpty {
      refuse(Self.empty, ["name": name])
    } else {
      refuse(
        Self.length,
        [
          "name": name, "count": "\(text.unicodeScalars.count)", "least": "\(length.lowerBound)",
          "most": "\(length.upperBound)",
        ])
    }
    return nil
  }

  func integer(in range: ClosedRange<Int>) -> Int? {
    guard let text = text() else { return nil }
    guard let number = Int(text), range.contains(number) else {
      refuse(
        Self.number,
        [
          "name": name, "value": text, "least": "\(range.lowerBound)",
          "most": "\(range.upperBound)",
        ])
      return nil
    }
    return number
  }

  func port() -> UInt16? { integer(in: 1...65535).map { UInt16($0) } }

  func bool() -> Bool? {
    guard let text = text() else { return nil }
    guard let flag = Bool(text.lowercased()) else {
      refuse(Self.word, ["name": name, "value": text, "words": "true, false"])
      return nil
    }
    return flag
  }

  /// Reads one of the given words.
  func word(of words: [String]) -> String? {
    guard let text = text() else { return nil }
    guard words.contains(text) else {
      refuse(Self.word, ["name": name, "value": text, "words": words.joined(separator: ", ")])
      return nil
    }
    return text
  }

  func choice<Choice: RawRepresentable<String>>(_ choices: [Choice]) -> Choice? {
    word(of: choices.map(\.rawValue)).flatMap(Choice.init)
  }

  @discardableResult
  func object<Result>(_ read: (ObjectReader) -> Result?) -> Result? {
    guard let value, let reader = ObjectReader(value, called: "'\(name)'", log) else { return nil }
    defer { reader.refuseOthers() }
    return read(reader)
  }

  /// - Parameter count: the number of elements that App Mesh allows.
  func list<Element>(
    count: ClosedRange<Int>? = nil, _ read: (SpecField) -> Element?
  ) -> [Element]? {
    guard let value else { return nil }
    guard case .array(let elements) = value.content else {
      log.add(wrongKind: "an array", "'\(name)'", value)
      return nil
    }
    if let count, !count.contains(elements.count) {
      refuse(
        Self.count,
        [
          "name": name, "count": "\(elements.count)", "least": "\(count.lowerBound)",
          "most": "\(count.upperBound)",
        ])
    }
    return elements.compactMap {
      read(SpecField(name: name, value: $0, owner: value, log: log))
    }
  }

  func refuse(_ rule: Rule, _ values: KeyValuePairs<String, String>) {
    log.add(rule, values, at: (value ?? owner).origin)
  }

  /// The text, which may contain placeholders.
  func scalar() -> String? {
    guard let value else { return nil }
    guard case .scalar(let text) = value.content else {
      log.add(wrongKind: "one value", "'\(name)'", value)
      return nil
    }
    return text
  }
}

extension SpecField {
  static let rules =
    [missing, empty, length, number, word, count, control, nameMissing] + nameRules

  private static let missing = Rule.error(
    "mesh-member-missing", "'{name}' is missing. App Mesh requires it.", fix: "Add '{name}'.")
  private static let empty = Rule.error(
    "mesh-value-empty", "'{name}' is empty.", fix: "Give it a value.")
  private static let length = Rule.error(
    "mesh-value-length", "'{name}' is {count} characters long.",
    fix: "Use {least} to {most} characters, App Mesh's limit.")
  private static let number = Rule.error(
    "mesh-value-number", "'{name}' is '{value}'.",
    fix: "Use a whole number from {least} to {most}, App Mesh's limit.")
  private static let word = Rule.error(
    "mesh-value-word", "'{name}' is '{value}'.", fix: "Write one of: {words}.")
  private static let control = Rule.error(
    "mesh-value-control", "'{name}' contains a control character.", fix: "Remove it.")
  private static let count = Rule.error(
    "mesh-element-count", "'{name}' has {count} elements.",
    fix: "Give {least} to {most}, App Mesh's limit.")
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool { value < 0x20 || value == 0x7F }
}
