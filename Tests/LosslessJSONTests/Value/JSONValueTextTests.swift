import LosslessJSON
import Testing

@Suite struct JSONValueTextTests {
  @Test func printsInOrderAndEscapesOnlyWhatJSONDemands() {
    let value: JSONValue = [
      "z": "a/b\"\\\n\u{1}é", "a": [1, true, .null, .number("1.50"), [:], []],
    ]
    #expect(
      value.compactText
        == #"{"z":"a/b\"\\\n\u0001é","a":[1,true,null,1.50,{},[]]}"#)
  }

  @Test(arguments: ["garbage", "", "NaN", "01", "1 ", " 1", "1,2", "18446744073709551616", "\""])
  func printsWhatIsNoNumberAsAString(_ spelling: String) throws {
    #expect(JSONValue.number(spelling).compactText == JSONValue.string(spelling).compactText)
    var document = try Document(Array("[]".utf8))
    document.append(.number(spelling), to: document.root, because: .init(filter: "", ""))
    let output = try Document(document.rendered())
    #expect(output.value(output.root) == [.string(spelling)])
  }

  @Test func printsEveryNameOnceAndWithoutNUL() {
    let value: JSONValue = ["a": 1, "b\0": 2, "a": 3, "é": 4, "e\u{301}": 5]
    #expect(value.compactText == "{\"a\":3,\"b\u{FFFD}\":2,\"é\":4,\"e\u{301}\":5}")
  }
}
