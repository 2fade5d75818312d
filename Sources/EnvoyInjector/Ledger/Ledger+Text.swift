import LosslessJSON

extension Ledger {
  /// Changes when an older version could not read what is written.
  private static let format = 1

  private enum Key {
    static let format = "format"
    static let undo = "undo"
    static let remove = "remove"
    static let prunes = "prune"
    static let leavesNull = "null"
    static let closing = "closing"
    static let replace = "replace"
    static let was = "was"
    static let text = "text"
    static let add = "add"
    static let index = "index"
    static let head = "head"
    static let gap = "gap"
  }

  /// The ledger as the text of a label.
  var text: String {
    let value: JSONValue = [
      Key.format: .integer(Self.format), Key.undo: .array(steps.map(Self.value)),
    ]
    return value.compactText
  }

  /// - Returns: `nil` when the text is no ledger of this format.
  init?(parsing text: String) {
    guard let document = try? Document(Array(text.utf8)) else { return nil }
    let value = document.value(document.root)
    guard value[Key.format]?.integer == Self.format, let elements = value[Key.undo]?.array else {
      return nil
    }
    let steps = elements.compactMap(Self.step)
    guard steps.count == elements.count else { return nil }
    self.steps = steps
  }

  private static func value(of step: Step) -> JSONValue {
    switch step {
    case .remove(let pointer, let prunes, let leavesNull, let closing):
      .present([
        (Key.remove, .string(pointer.description)), (Key.prunes, prunes ? true : nil),
        (Key.leavesNull, leavesNull ? true : nil),
        (Key.closing, closing.isEmpty ? nil : .string(closing)),
      ])
    case .replace(let pointer, let was, let text):
      .present([
        (Key.replace, .string(pointer.description)), (Key.was, .string(was)),
        (Key.text, .string(text)),
      ])
    case .add(let pointer, let text, let surroundings):
      .present([
        (Key.add, .string(pointer.description)), (Key.text, .string(text)),
        (Key.index, .integer(surroundings.index)),
        (Key.head, surroundings.head.map(JSONValue.string)),
        (Key.gap, surroundings.gap.map(JSONValue.string)),
        (Key.closing, surroundings.closing.map(JSONValue.string)),
      ])
    }
  }

  private static func step(_ value: JSONValue) -> Step? {
    if let pointer = value[Key.remove]?.string.flatMap({ JSONPointer(parsing: $0) }) {
      return .remove(
        pointer, prunes: value[Key.prunes] == true, leavesNull: value[Key.leavesNull] == true,
        closing: value[Key.closing]?.string ?? "")
    }
    guard let text = value[Key.text]?.string else { return nil }
    if let pointer = value[Key.replace]?.string.flatMap({ JSONPointer(parsing: $0) }),
      let was = value[Key.was]?.string
    {
      return .replace(pointer, was: was, text: text)
    }
    guard let pointer = value[Key.add]?.string.flatMap({ JSONPointer(parsing: $0) }),
      let index = value[Key.index]?.integer
    else { return nil }
    let surroundings = Edit.Surroundings(
      index: index, head: value[Key.head]?.string, gap: value[Key.gap]?.string,
      closing: value[Key.closing]?.string)
    return .add(pointer, text: text, surroundings)
  }
}

extension JSONValue {
  /// An object of the members that have a value.
  fileprivate static func present(_ members: [(String, JSONValue?)]) -> JSONValue {
    .object(members.compactMap { name, value in value.map { Member(name, $0) } })
  }
}
