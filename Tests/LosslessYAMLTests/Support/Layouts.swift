/// Small texts, one for each common layout of YAML.
enum Layouts {
  static let all = [
    "a: 1\nb: 2\n", "a: 1\nb: 2", "a: 1 # one\n# two\nb: 2 # b\n", "a:\n  - 1\n  - 2\nb: 3\n",
    "a:\n- 1\n- 2\nb: 3\n",
    "a:\n    - x: 1\n      y: 2\n\n    # next\n    - x: 3\nb:\n    c:\n        d: 1\n",
    "a: []\nb: {}\nc:\nd: ~ # nothing\n", "a:   [ ]   # none\nb:\n  {}\nc: { }",
    "a: [1, 2]\nb: {x: 1, y: [2]}\n", "a: [1,2,]\nb: [ {x: 1} , {} ]\n", "- a\n- b\n",
    "- - a\n  - b\n- - c\n",
    "- a: 1\n  b: 2\n- c: 3 # c\n  # d\n  d: 4\n", "a: |\n  text\n  more\nb: 1\n",
    "a: |+\n  text\n\nb: 1\n",
    "a: >-\n  text\n  more\n\n# c\nb: 1\n", "a: |\n  text", "a:\n  b: |\n    text\n\n\n  c: 1\n",
    "a: !Ref b\nc: !Sub '${d}'\ne: !GetAtt f.g.h\ni: !If [j, k, l]\n",
    "a: !If\n  - b\n  - c: 1\n    d: !Ref e\n  - - f\ng: !Join\n  - ','\n  - - h\n    - !Ref i\n",
    "a: \"x y\" # q\nb: 'it''s'\nc: plain words\n  over lines\nd: \"over\n  lines\"\n",
    "a:\r\n  - 1\r\n  - 2\r\nb: {}\r\n", "é: ü # ö\nb:\n  - 日本: 1\n    c: 😀\n",
    "---\n# head\na: 1\n...\n", "a: &x\n  b: 1\nc: *x\nd:\n  e: 2\n",
    "a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n",
    "a:\n  # first\n  b: 1\n\n  # last\n# end\n", "a: # list\n  # first\n  - b # one\n  # last\n",
    "\"a\": 1\n'b' : 2\n80: x\n",
    "a:\n  - b:\n      - c\n      - d:\n          e: 1\n  -\n    f: 1\n  - \n",
    "[]", "{}\n", "# only\n{a: 1}\n", "a: 1\na: 2\nb: 3\n", "? a\n: 1\nb: 2\n", "a: [b: 1, c]\n",
    "a: [1,\n  2]\nb: {\n  c: 1\n}\nd: 1\n", "a: 1\n---\nb: 2\n",
    "a:\n  - |\n    x\n  - >\n    y\n",
  ]

  /// The layouts with CR LF at every other line.
  static let mixed = (all + resources).filter { !$0.contains("\r") }.flatMap { text in
    [0, 1].map { first in
      let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      return lines.enumerated().dropFirst().reduce(String(decoding: lines[0], as: UTF8.self)) {
        $0 + ($1.offset % 2 == first ? "\r\n" : "\n") + String(decoding: $1.element, as: UTF8.self)
      }
    }
  }

  /// The layouts, each as one of several resources in a template.
  static let resources = all.filter { !$0.contains("---") && !$0.hasPrefix("?") }.map { text in
    let end = text.contains("\r\n") ? "\r\n" : "\n"
    let lines = text.split(separator: Character(end), omittingEmptySubsequences: false)
    let inner = lines.map { $0.isEmpty ? "" : "    \($0)" }
    let around = (["r:", "  one: 1", "  two:"], ["", "  # three", "  three:", "    a: 1", ""])
    return (around.0 + inner + around.1).joined(separator: end)
  }
}
