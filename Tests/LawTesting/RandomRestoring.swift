public import LosslessJSON

extension Document {
  /// Carries out a step of a ledger that somebody has edited: any text, at any place, with anything around it.
  /// The document rejects the step, or accepts it and stays consistent.
  ///
  /// - Parameter former: values that used to be part of the document.
  public mutating func restoreSomewhere(_ random: inout Seed, former: [NodeID]) {
    let reason = Edit.Reason(filter: "random", "a test asks for it")
    let node = random.pick(values + former)
    let text = random.pick(Seed.spellings)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: try? restore(node, to: text, because: reason)
    case 1: restore(node, toNull: text, because: reason)
    case 2: setInterior(text, of: node)
    case 3: remove(node, because: reason)
    default:
      let surroundings = Edit.Surroundings(
        index: random.pick([-1, 0, 1, 2, .max, .min]),
        nameSpelling: random.pick([
          nil, "\"a\":", "\"a\" :\n", ":", "\"", random.pick(Seed.spellings),
        ]),
        separator: random.pick([nil, ",", " , ", ",,", "\n# c\n", random.pick(Seed.spellings)]),
        suffix: random.pick([nil, " ", " []", "x"]))
      let name = random.pick([nil, "a", "b", "new", "", "\0"])
      try? restore(name, text, surroundings, in: node, because: reason)
    }
  }
}

extension Seed {
  /// Texts of JSON and YAML that values can be restored from, and some that are invalid.
  public static let spellings = [
    "", "1", "null", "\"x\"", "[]", "{}", "[1, [2]]", "{\"a\": {\"b\": 1}}", "[", "}",
    "{\"a\": 1,}",
    " 1", " ~", " Null", " # c", " []", " {}", " {a: 1}", " [b: 1, c]", " *x", " &x 1", " !Ref a",
    " \"x", "\n  a: 1", "\n    - 1\n    - 2", "\n  a: 1\n  b: 2", "\r\n  a: 1", "\na: 1", "\n---\n",
    "\na:", "\n  b: 3", "\n    c: 4", "\n- 5", "\n  - 6", " |\n    text\n", "\t", "a: 1\n", ", 7",
    "7, ", "a: 8, ", "\u{FEFF}", "é", String(repeating: "[", count: 130),
    String(repeating: "[", count: 127) + String(repeating: "]", count: 127),
  ]
}
