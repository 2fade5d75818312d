import LosslessJSON
import Testing

@Suite struct JSONValueTests {
  @Test func printsInOrderAndEscapesOnlyWhatJSONDemands() {
    let value: JSONValue = [
      "z": "a/b\"\\\n\u{1}é", "a": [1, true, .null, .number("1.50"), [:], []],
    ]
    #expect(
      value.compactText
        == #"{"z":"a/b\"\\\n\u0001é","a":[1,true,null,1.50,{},[]]}"#)
  }
}
