import LosslessJSON
import Testing

@Suite struct JSONValueEqualityTests {
  @Test(arguments: [
    ("1", "1.0"), ("1", "1e0"), ("100", "1e2"), ("1.50", "1.5"), ("0.001", "1e-3"), ("0", "-0"),
    ("0", "0e400"), ("-0.0", "0"), ("12e1", "1.2E+2"), ("1e400", "10e399"),
    ("1e4000000000000", "1e4000000000000"),
    ("{\"a\":1,\"b\":[2]}", "{\"b\":[2.0],\"a\":1e0}"), ("[]", "[]"), ("\"\\u0061\"", "\"a\""),
  ])
  func takesForEquivalent(_ one: String, _ other: String) throws {
    #expect(try value(one).isEquivalent(to: value(other)))
    #expect(try value(other).isEquivalent(to: value(one)))
  }

  @Test(arguments: [
    ("1", "2"), ("1", "-1"), ("1", "10"), ("1", "\"1\""), ("0", "null"), ("0", "false"),
    ("[]", "{}"),
    ("9007199254740993", "9007199254740992"), ("0.1", "0.10000000000000001"), ("1e400", "1e401"),
    ("1e4000000000000", "1e4000000000001"), ("[1,2]", "[2,1]"), ("[1]", "[1,1]"),
    ("{\"a\":1}", "{\"a\":1,\"b\":1}"), ("{\"a\":1}", "{\"b\":1}"), ("\"é\"", "\"e\u{301}\""),
  ])
  func tellsApart(_ one: String, _ other: String) throws {
    #expect(try !value(one).isEquivalent(to: value(other)))
    #expect(try !value(other).isEquivalent(to: value(one)))
    #expect(try value(one) != value(other))
  }

  @Test func equalMeansSpelledEqually() throws {
    #expect(try value("{\"a\":1,\"b\":2}") != value("{\"b\":2,\"a\":1}"))
    #expect(try value("1") != value("1.0"))
    #expect(
      try value("{\"a\":[1,null,true,\"x\"]}") == value(" {\"\\u0061\":[1,null,true,\"x\"]} "))
    #expect(JSONValue.number("x") != JSONValue.number("y"))
    #expect(!JSONValue.number("x").isEquivalent(to: .number("y")))
  }

  private func value(_ text: String) throws -> JSONValue {
    let document = try Document(Array(text.utf8))
    return document.value(document.root)
  }
}
