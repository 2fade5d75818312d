import LawTesting
import LosslessJSON
import Testing

@testable import LosslessYAML

@Suite struct ReadingTests {
  @Test(
    arguments: [
      ("!Ref a", #"{"Ref":"a"}"#), ("!Sub '${a}'", #"{"Fn::Sub":"${a}"}"#),
      ("!GetAtt a.b.c", #"{"Fn::GetAtt":["a","b.c"]}"#),
      ("!GetAtt [a, b]", #"{"Fn::GetAtt":["a","b"]}"#),
      ("!If [a, !Ref b, 1]", #"{"Fn::If":["a",{"Ref":"b"},1]}"#), ("!Ref 1", #"{"Ref":"1"}"#),
      ("!Condition a", #"{"Condition":"a"}"#),
      ("!Base64\n  Fn::Sub: a", #"{"Fn::Base64":{"Fn::Sub":"a"}}"#),
      ("!GetAZs ''", #"{"Fn::GetAZs":""}"#), ("!Unknown a", #""a""#), ("!Unknown [1]", "[1]"),
      ("!!str 1", #""1""#), ("!!int '1'", "1"), ("! 1", #""1""#),
      ("&a [1, *b]", nil), ("{<<: [{a: 1}, {a: 2, b: 2}], c: 3}", #"{"c":3,"a":1,"b":2}"#),
      ("[&a {b: 1}, *a, {<<: *a, b: 2}]", #"[{"b":1},{"b":1},{"b":2}]"#),
      ("{a: 1, b: 2, a: 3}", #"{"b":2,"a":3}"#),
      ("yes", "true"), ("Off", "false"), ("010", "8"), ("0x1F", "31"), ("0b11", "3"),
      ("1_000", "1000"),
      ("+5", "5"), (".5", "0.5"), ("1.", "1.0"), ("-1.50", "-1.50"), ("1e3", #""1e3""#),
      ("1.0e+3", "1.0e+3"),
      ("190:20:30", "685230"), ("08", #""08""#), ("2012-10-17", #""2012-10-17""#),
      (".inf", #"".inf""#),
      ("123456789012345678901", #""123456789012345678901""#), ("'1'", #""1""#), ("~", "null"),
      ("y", #""y""#),
    ] as [(String, String?)])
  func templatesReadAsTheirJSON(_ yaml: String, _ json: String?) throws {
    let document = try? Document(yaml: Array("x: \(yaml)\n".utf8))
    let value = document.flatMap { document in
      document.member("x", of: document.root).map { document.value($0).compactText }
    }
    #expect(value == json)
  }

  @Test(arguments: [
    ("a: yes\nb: 0x1F\nc: 010\nd: 1e3\n", #"{"a":"yes","b":"0x1F","c":"010","d":1e3}"#),
    ("", "null"),
    ("# nothing\n", "null"), ("- true\n- ~\n- 1.5\n", "[true,null,1.5]"),
    ("a: !Ref b\n", #"{"a":{"Ref":"b"}}"#),
  ])
  func configurationReadsAsYAML12(_ yaml: String, _ json: String) throws {
    #expect(try YAMLReader.value(Array(yaml.utf8)).compactText == json)
  }

  @Test(arguments: [
    ("a: 1\na: 2\n", "the key 'a' appears twice in this mapping", 2, 4),
    ("a: 1\n---\nb: 2\n", "a second document begins here, and only one is read", 2, 1),
    ("a: *b\n", "there is no anchor '&b' before this alias", 1, 4),
    ("[a]: 1\n", "a key must be text, not a list, a mapping or an alias", 1, 1),
    ("a: [1\n", "did not find expected ',' or ']'", 2, 1),
  ])
  func errorsNameThePlace(_ yaml: String, _ message: String, _ line: Int, _ column: Int) {
    Problem.expect(message, line, column, in: Array(yaml.utf8), reading: YAMLReader.value)
  }

  @Test func nestedAliasesAreNotUnfoldedWithoutEnd() {
    let lines = (1..<30).map { "- &a\($0) [*a\($0 - 1), *a\($0 - 1), *a\($0 - 1)]\n" }
    let bytes = Array(("- &a0 x\n" + lines.joined()).utf8)
    #expect(throws: Problem.self) { try Document(yaml: bytes) }
    let deep = Array((String(repeating: "[", count: 200) + String(repeating: "]", count: 200)).utf8)
    #expect(throws: Problem.self) { try Document(yaml: deep) }
  }

  @Test func spellingsAreThoseOfTheValues() throws {
    let texts = Layouts.all.map { Array($0.utf8) } + Corpus.files.map(\.bytes)
    for bytes in texts {
      let document = try Document(yaml: bytes)
      let source = try #require(document.source as? YAMLText)
      for node in document.values where node != document.root {
        #expect(document.node(at: document.pointer(to: node)) == node)
        guard let span = source.span(node), let outer = source.span(document.container(of: node)),
          span.traits.isDisjoint(with: [.alias, .irregular]), !outer.traits.contains(.tagged)
        else { continue }
        let spelling = source.spelling(of: node, in: document)
        let isBelow = spelling.first?.isNewline ?? false
        // A key cannot follow another key on its line, and anchors and complex keys need their context.
        if span.form == .block && !isBelow || spelling.contains("*") || spelling.contains("? ") {
          continue
        }
        if span.form == .leaf, !isBelow {
          let text = spelling.drop { $0 == " " }
          #expect(bytes[document.offset(of: node)...].starts(with: text.utf8))
        }
        let again = try Document(
          yaml: Array("x: \(spelling)\(span.end < bytes.count ? "\n" : "")".utf8))
        let value = again.member("x", of: again.root).map { again.value($0) }
        #expect(value == document.value(node), "\(spelling)")
      }
    }
  }
}
