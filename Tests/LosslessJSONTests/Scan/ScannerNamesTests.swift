import Testing

@testable import LosslessJSON

@Suite struct ScannerNamesTests {
  @Test(arguments: [
    Refusal(#"{"a":1,"a":2}"#, .duplicateName("a"), at: 7),
    Refusal(#"{"":1,"":2}"#, .duplicateName(""), at: 6),
    Refusal(#"{"a":1,"\u0061":2}"#, .duplicateName("a"), at: 7),
    Refusal(#"{"\u0061":1,"a":2}"#, .duplicateName("a"), at: 12),
    Refusal(#"{"\u00e9":1,"\u00E9":2}"#, .duplicateName("é"), at: 12),
    Refusal(#"{"/":1,"\/":2}"#, .duplicateName("/"), at: 7),
    Refusal(
      #"{"b":{"a":1},"c":[{"long name":1,"long name":2}]}"#, .duplicateName("long name"), at: 33),
    Refusal(#"{"a":{"x":1},"b":{"x":1},"a":3}"#, .duplicateName("a"), at: 25),
  ])
  func refusesANameTwice(_ refusal: Refusal) {
    #expect(refusal.outcome == refusal.problem)
  }

  @Test(arguments: [2, 12, 13, 64, 65, 66, 200])
  func refusesANameTwiceAmongMany(_ count: Int) {
    let members = (0..<count).map { "\"environment\($0)\":1" }.joined(separator: ",")
    let name = "environment\(count / 2)"
    for literal in [name, "\\u0065" + name.dropFirst()] {
      let text = "{\(members),\"\(literal)\":2}"
      let refusal = Refusal(text, .duplicateName(name), at: members.utf8.count + 2)
      #expect(refusal.outcome == refusal.problem)
    }
    #expect(Refusal("{\(members)}", .empty, at: 0).outcome == nil)
  }

  /// Names are compared by their bytes. Case and canonical equivalence do not matter.
  @Test(arguments: [
    #"{"a":1,"A":2}"#, #"{"é":1,"e\#u{301}":2}"#, #"{"\u00e9":1,"e\u0301":2}"#,
    #"{"a":{"a":{"a":1}},"b":{"a":1}}"#, #"[{"a":1},{"a":2}]"#, #"{"a":1,"aa":2,"aaa":3}"#,
    #"{"xabcdefgh":1,"yabcdefgh":2}"#, #"{"\u0061a":1,"a":2}"#,
  ])
  func keepsDifferentNamesApart(_ text: String) throws {
    let document = try Document(Array(text.utf8))
    #expect(document.rendered() == Array(text.utf8))
  }
}
