import LosslessJSON
import Testing

@Suite struct JSONValueTests {
  @Test func readsItsParts() {
    let value: JSONValue = ["a": [1, true, .null], "b": "text", "c": .number("1.5")]
    #expect(value["a"]?.array == [1, true, .null])
    #expect(value["b"]?.string == "text")
    #expect(value["c"]?.integer == nil)
    #expect(value["a"]?.array?.first?.integer == 1)
    #expect(value["d"] == nil)
    #expect(value["b"]?["a"] == nil)
    #expect(value.object?.map(\.name) == ["a", "b", "c"])
    #expect(value.string == nil && value.array == nil && value.integer == nil)
    #expect(JSONValue.integer(-3) == .number("-3"))
    #expect(value["b"]?.object == nil)
  }
}
