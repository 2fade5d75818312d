import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

extension Ledger {
  /// The version of the format. It changes when older versions could not read a new ledger.
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
    static let revoke = "revoke"
    static let statements = "statements"
    static let index = "index"
    static let head = "head"
    static let gap = "gap"
  }

  /// The ledger as the text of a label.
  var text: String {
    var text = CompactText(reserving: 1024)
    text.open("{")
    text.name(Key.format)
    text.value(Self.format)
    text.name(Key.undo)
    text.open("[")
    for step in steps { Self.append(step, to: &text) }
    text.close("]")
    text.close("}")
    return text.text
  }

  /// - Returns: `nil` if the text is not a ledger in this format.
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

  private static func append(_ step: Step, to text: inout CompactText) {
    text.open("{")
    switch step {
    case .remove(let pointer, let prunes, let leavesNull, let closing):
      text.add(Key.remove, pointer.description)
      append(
        PolicyListOrigin(prunes: prunes, leavesNull: leavesNull, closing: closing), to: &text)
    case .replace(let pointer, let was, let spelling):
      text.add(Key.replace, pointer.description)
      text.add(Key.was, was)
      text.add(Key.text, spelling)
    case .add(let pointer, let spelling, let surroundings):
      text.add(Key.add, pointer.description)
      text.add(Key.text, spelling)
      text.add(Key.index, surroundings.index)
      if let name = surroundings.nameSpelling { text.add(Key.head, name) }
      if let separator = surroundings.separator { text.add(Key.gap, separator) }
      if let suffix = surroundings.suffix { text.add(Key.closing, suffix) }
    case .revoke(let pointer, let statements, let origin):
      text.add(Key.revoke, pointer.description)
      text.name(Key.statements)
      text.value(escapingPlaceholdersOf: .array(statements))
      append(origin, to: &text)
    }
    text.close("}")
  }

  private static func append(_ origin: PolicyListOrigin, to text: inout CompactText) {
    if origin.prunes { text.add(Key.prunes, true) }
    if let leavesNull = origin.leavesNull { text.add(null: leavesNull) }
    if !origin.closing.isEmpty { text.add(Key.closing, origin.closing) }
  }

  private static func origin(_ value: JSONValue) -> PolicyListOrigin {
    PolicyListOrigin(
      prunes: value[Key.prunes] == true, leavesNull: null(value[Key.leavesNull]),
      closing: value[Key.closing]?.string ?? "")
  }

  /// The spelling of a null that an edit replaced.
  private static func null(_ value: JSONValue?) -> String? {
    value == true ? "null" : value?.string
  }

  private static func step(_ value: JSONValue) -> Step? {
    if let pointer = value[Key.remove]?.string.flatMap({ JSONPointer(parsing: $0) }) {
      let origin = origin(value)
      return .remove(
        pointer, prunes: origin.prunes, leavesNull: origin.leavesNull, closing: origin.closing)
    }
    if let pointer = value[Key.revoke]?.string.flatMap({ JSONPointer(parsing: $0) }) {
      guard let statements = value[Key.statements]?.array else { return nil }
      return .revoke(pointer, statements, origin(value))
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
      index: index, nameSpelling: value[Key.head]?.string, separator: value[Key.gap]?.string,
      suffix: value[Key.closing]?.string)
    return .add(pointer, text: text, surroundings)
  }
}

extension CompactText {
  /// JSON has only one spelling of null, which ledgers write as `true`.
  fileprivate mutating func add(null spelling: String) {
    name("null")
    if spelling == "null" { value(true) } else { value(spelling) }
  }

  fileprivate mutating func add(_ name: String, _ value: String) {
    self.name(name)
    self.value(value)
  }

  fileprivate mutating func add(_ name: String, _ value: Int) {
    self.name(name)
    self.value(value)
  }

  fileprivate mutating func add(_ name: String, _ value: Bool) {
    self.name(name)
    self.value(value)
  }
}
