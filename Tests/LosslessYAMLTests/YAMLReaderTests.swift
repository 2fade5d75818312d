import LosslessJSON
import LosslessYAML
import Testing

@Suite struct YAMLReaderTests {
  @Test(
    arguments: [
      ("null", .null), ("~", .null), ("Null", .null), ("NULL", .null), ("", .null),
      ("# only a comment\n", .null), ("---\n", .null), ("--- # nothing\n...\n", .null),
      ("true", true), ("True", true), ("TRUE", true), ("false", false), ("FALSE", false),
      ("12", .number("12")), ("-0", .number("-0")), ("1.50", .number("1.50")),
      ("1e-3", .number("1e-3")), ("18446744073709551615", .number("18446744073709551615")),
    ] as [(String, JSONValue)])
  func readsWhatTheCoreSchemaMeansToJSON(_ text: String, _ value: JSONValue) throws {
    #expect(try YAMLReader.value(Array(text.utf8)) == value)
  }

  @Test(arguments: [
    "yes", "no", "on", "off", "y", "nULL", "tRUE", "007", "0x1F", "0o17", "+1", ".5", "5.",
    "1_000", "12:30:45", "2026-11-22", ".inf", ".nan", "1.2.3", "-x", "a:b",
  ])
  func readsAllOtherPlainTextAsText(_ text: String) throws {
    #expect(try YAMLReader.value(Array(text.utf8)) == .string(text))
  }

  @Test(
    arguments: [
      ("'true'", "true"), ("\"12\"", "12"), ("''", ""), ("'it''s'", "it's"),
      ("\"a\\tb\\u00e9\\n\"", "a\tbé\n"), ("\"two\\\n  lines\"", "twolines"),
      ("'folded\n  text'", "folded text"), ("|\n  a\n   b\n\n", "a\n b\n"), ("|-\n  a\n", "a"),
      ("|+\n  a\n\n", "a\n\n"), (">\n  a\n  b\n\n  c\n", "a b\nc\n"), (">-\n  a\n  b\n", "a b"),
      ("plain\n  over lines", "plain over lines"), ("!!str 5", "5"), ("! 5", "5"), ("é😀", "é😀"),
    ])
  func readsEveryStyleOfText(_ text: String, _ value: String) throws {
    #expect(try YAMLReader.value(Array(text.utf8)) == .string(value))
  }

  @Test(
    arguments: [
      ("a: 1\nb:\n- x\n- {c: d}\n", ["a": 1, "b": ["x", ["c": "d"]]]),
      ("{\"a\": [1, 2,], b: }", ["a": [1, 2], "b": .null]),
      ("z: 1\r\na: |\r\n  one\r\n  two\r\n", ["z": 1, "a": "one\ntwo\n"]),
      ("\u{FEFF}a: b", ["a": "b"]),
      ("%YAML 1.1\n---\na: b\n...\n", ["a": "b"]),
      ("1: a\ntrue: b\n", ["1": "a", "true": "b"]),
      ("base: &b {x: 1}\nuses: [*b, *b]", ["base": ["x": 1], "uses": [["x": 1], ["x": 1]]]),
      ("a: &x 1\nb: &x 2\nc: *x", ["a": 1, "b": 2, "c": 2]),
      ("!!map {a: !!seq [1]}", ["a": [1]]),
      ("[]", []), ("{}", [:]),
    ] as [(String, JSONValue)])
  func readsCollections(_ text: String, _ value: JSONValue) throws {
    #expect(try YAMLReader.value(Array(text.utf8)) == value)
  }

  @Test func keepsTheOrderOfKeys() throws {
    let value = try YAMLReader.value(Array("z: 1\na: 2\nm: 3\n".utf8))
    #expect(value.object?.map(\.name) == ["z", "a", "m"])
  }
}
