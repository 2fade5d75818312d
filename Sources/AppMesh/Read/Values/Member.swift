import CloudFormation

/// One member of an object, or one element of an array, that is given or not.
///
/// Each way to read it gives `nil` when it is not given, and, with a problem, when it is not what
/// App Mesh's API allows there.
struct Member {
  /// As App Mesh's API spells it.
  let name: String
  let value: SpecValue?
  let owner: SpecValue
  let log: ProblemLog

  /// The same, with a problem when it is not given.
  var required: Member {
    if value == nil {
      log.add("'\(name)' is missing, which App Mesh requires", fix: "add '\(name)'", owner)
    }
    return self
  }

  func text(length: ClosedRange<Int>? = nil) -> String? {
    guard let text = scalar() else { return nil }
    do throws(Unresolved) {
      try Placeholder.refuse(in: text)
    } catch {
      log.add(error, needed: "'\(name)'", at: (value ?? owner).origin)
      return nil
    }
    guard let length, !length.contains(text.unicodeScalars.count) else { return text }
    if text.isEmpty {
      refuse("'\(name)' is empty", fix: "give it a value")
    } else {
      refuse(
        "'\(name)' is \(text.unicodeScalars.count) characters long",
        fix: "use \(length.lowerBound) to \(length.upperBound) characters, App Mesh's limit")
    }
    return nil
  }

  func integer(in range: ClosedRange<Int>) -> Int? {
    guard let text = text() else { return nil }
    guard let number = Int(text), range.contains(number) else {
      refuse(
        "'\(name)' is '\(text)'",
        fix: "use a whole number from \(range.lowerBound) to \(range.upperBound), App Mesh's limit")
      return nil
    }
    return number
  }

  func port() -> UInt16? { integer(in: 1...65535).map { UInt16($0) } }

  func bool() -> Bool? {
    guard let text = text() else { return nil }
    guard let flag = Bool(text.lowercased()) else {
      refuse("'\(name)' is '\(text)'", fix: "write true or false")
      return nil
    }
    return flag
  }

  /// One of a few words.
  func word(of words: [String]) -> String? {
    guard let text = text() else { return nil }
    guard words.contains(text) else {
      refuse("'\(name)' is '\(text)'", fix: "write one of: \(words.joined(separator: ", "))")
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

  /// - Parameter count: how many elements App Mesh allows.
  func list<Element>(
    count: ClosedRange<Int>? = nil, _ read: (Member) -> Element?
  ) -> [Element]? {
    guard let value else { return nil }
    guard case .array(let elements) = value.content else {
      log.add(wrongKind: "an array", "'\(name)'", value)
      return nil
    }
    if let count, !count.contains(elements.count) {
      refuse(
        "'\(name)' has \(elements.count) elements",
        fix: "give \(count.lowerBound) to \(count.upperBound), App Mesh's limit")
    }
    return elements.compactMap {
      read(Member(name: name, value: $0, owner: value, log: log))
    }
  }

  func refuse(_ message: String, fix: String) { log.add(message, fix: fix, value ?? owner) }

  /// With placeholders.
  func scalar() -> String? {
    guard let value else { return nil }
    guard case .scalar(let text) = value.content else {
      log.add(wrongKind: "one value", "'\(name)'", value)
      return nil
    }
    return text
  }
}
