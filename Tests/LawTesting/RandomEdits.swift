public import LosslessJSON

/// Values and names that YAML or JSON could misread.
extension Seed {
  mutating func value(depth: Int = 2) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &self) {
    case 0: return pick([.null, true, false])
    case 1: return .number(pick(["0", "-1", "256", "1.50", "1e3", "18446744073709551615"]))
    case 2, 3, 4: return .string(pick(Self.texts))
    case 5:
      return .array((0..<Int.random(in: 0..<4, using: &self)).map { _ in value(depth: depth - 1) })
    default:
      let names = Set((0..<Int.random(in: 0..<4, using: &self)).map { _ in pick(Self.texts) })
      return .object(names.sorted().map { .init($0, value(depth: depth - 1)) })
    }
  }

  public static let texts = [
    "", " ", "a", "yes", "No", "on", "off", "null", "~", "true", "010", "0x1F", "1_000", "1.5",
    "1e3",
    "12:30", "2012-10-17", "169.254.170.2", "15000,15001", "-", "- a", "-c", "--flag", "a: b", "a:",
    "a:b", "a #b", "a#b", "#a", "[a]", "{a}", "a, b", "&a", "*a", "!Ref a", "|", ">", "'", "\"",
    "%",
    "@", "`", " a", "a ", "a\nb", "a\n", "\n", "\t", "a\tb", "\r\n", "é", "日本", "😀", "\u{85}",
    "\u{2028}", "\u{FEFF}", "\u{7F}", "\u{1}", "\\", "C:\\", "a\\nb", "---", "...", "<<", "=", "y",
    "http://x:80/?a=b#c", "arn:aws:iam::123456789012:role/x", "bash -c 'x < 1'", "? a",
    "{\"a\": [1]}",
  ]
}

extension Document {
  /// Every value, with containers before their contents.
  public var values: [NodeID] { values(in: root) }

  private func values(in node: NodeID) -> [NodeID] {
    [node] + (elements(of: node) + members(of: node).map(\.value)).flatMap { values(in: $0) }
  }

  /// Makes one random edit in the document, and the same edit in a plain value.
  public mutating func editSomewhere(_ random: inout Seed, _ expected: inout JSONValue) {
    let reason = Edit.Reason(filter: "random", "a test asks for it")
    let node = random.pick(values)
    let pointer = pointer(to: node).tokens[...]
    let value = random.value()
    switch (Int.random(in: 0..<4, using: &random), kind(of: node)) {
    case (0, _) where node != root:
      remove(node, because: reason)
      expected = expected.setting(nil, at: pointer)
    case (1, _) where node != root:
      replace(node, with: value, because: reason)
      expected = expected.setting(value, at: pointer)
    case (_, .object):
      let name = random.pick(Seed.texts)
      set(name, to: value, in: node, because: reason)
      expected = expected.setting(value, at: pointer + [name])
    case (_, .array):
      let index = Int.random(in: 0...elements(of: node).count, using: &random)
      insert(value, at: index, in: node, because: reason)
      expected = expected.setting(value, at: pointer + ["+\(index)"])
    default: break
    }
  }

  /// Undoes the edits of another document, the last one first, like uninject.
  public mutating func takeBack(_ edits: [Edit]) throws {
    let reason = Edit.Reason(filter: "take back", "a test asks for it")
    for edit in edits.reversed() {
      let parent = JSONPointer(edit.pointer.tokens.dropLast())
      guard let container = node(at: parent) else { throw Lost(pointer: parent) }
      if let spelling = edit.spelling, edit.after == nil {
        let name = kind(of: container) == .object ? edit.pointer.tokens.last : nil
        try restore(name, spelling, edit.surroundings, in: container, because: reason)
        continue
      }
      guard let node = node(at: edit.pointer) else { throw Lost(pointer: edit.pointer) }
      if let spelling = edit.spelling {
        try restore(node, to: spelling, because: reason)
      } else {
        remove(node, because: reason)
        if let closing = edit.surroundings.suffix { setInterior(closing, of: container) }
      }
    }
  }

  public struct Lost: Error { let pointer: JSONPointer }
}

extension JSONValue {
  /// - Parameter tokens: a pointer; `+INDEX` inserts an element.
  fileprivate func setting(_ value: JSONValue?, at tokens: ArraySlice<String>) -> JSONValue {
    guard let token = tokens.first else { return value ?? .null }
    let rest = tokens.dropFirst()
    switch self {
    case .array(var elements):
      let index = Int(token.drop { $0 == "+" })!
      if rest.isEmpty, token.hasPrefix("+") {
        elements.insert(value!, at: index)
      } else if rest.isEmpty, value == nil {
        elements.remove(at: index)
      } else {
        elements[index] = elements[index].setting(value, at: rest)
      }
      return .array(elements)
    case .object(var members):
      let index = members.firstIndex { Array($0.name.utf8) == Array(token.utf8) }
      if let index, !rest.isEmpty || value != nil {
        members[index].value = members[index].value.setting(value, at: rest)
      } else if let index {
        members.remove(at: index)
      } else if let value {
        members.append(.init(token, value))
      }
      return .object(members)
    default: return self
    }
  }
}
