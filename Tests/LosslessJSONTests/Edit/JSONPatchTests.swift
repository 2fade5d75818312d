import LosslessJSON
import Testing

@Suite struct JSONPatchTests {
  /// The examples of RFC 6902, appendix A. A.13 has a duplicate member and is rejected by the scanner.
  @Test(arguments: [
    (
      #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#,
      #"{"foo":"bar","baz":"qux"}"#
    ),
    (
      #"{"foo":["bar","baz"]}"#, #"[{"op":"add","path":"/foo/1","value":"qux"}]"#,
      #"{"foo":["bar","qux","baz"]}"#
    ),
    (#"{"baz":"qux","foo":"bar"}"#, #"[{"op":"remove","path":"/baz"}]"#, #"{"foo":"bar"}"#),
    (
      #"{"foo":["bar","qux","baz"]}"#, #"[{"op":"remove","path":"/foo/1"}]"#,
      #"{"foo":["bar","baz"]}"#
    ),
    (
      #"{"baz":"qux","foo":"bar"}"#, #"[{"op":"replace","path":"/baz","value":"boo"}]"#,
      #"{"baz":"boo","foo":"bar"}"#
    ),
    (
      #"{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}"#,
      #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#,
      #"{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}"#
    ),
    (
      #"{"foo":["all","grass","cows","eat"]}"#, #"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#,
      #"{"foo":["all","cows","eat","grass"]}"#
    ),
    (
      #"{"baz":"qux","foo":["a",2,"c"]}"#,
      #"[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]"#,
      #"{"baz":"qux","foo":["a",2,"c"]}"#
    ),
    (
      #"{"foo":"bar"}"#, #"[{"op":"add","path":"/child","value":{"grandchild":{}}}]"#,
      #"{"foo":"bar","child":{"grandchild":{}}}"#
    ),
    (
      #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux","xyz":123}]"#,
      #"{"foo":"bar","baz":"qux"}"#
    ),
    (#"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":10}]"#, #"{"/":9,"~1":10}"#),
    (
      #"{"foo":["bar"]}"#, #"[{"op":"add","path":"/foo/-","value":["abc","def"]}]"#,
      #"{"foo":["bar",["abc","def"]]}"#
    ),
    (#"{"a":1}"#, #"[{"op":"add","path":"/a","value":2}]"#, #"{"a":2}"#),
    (#"{"a":1,"b":2}"#, #"[{"op":"move","from":"/a","path":"/a"}]"#, #"{"a":1,"b":2}"#),
    (#"{"a":[1.50]}"#, #"[{"op":"copy","from":"/a","path":"/b"}]"#, #"{"a":[1.50],"b":[1.50]}"#),
    (#"{"a":1}"#, #"[{"op":"copy","from":"","path":"/b"}]"#, #"{"a":1,"b":{"a":1}}"#),
    (
      #"{"a":{"x":1,"y":[1.0]}}"#, #"[{"op":"test","path":"/a","value":{"y":[1],"x":1e0}}]"#,
      #"{"a":{"x":1,"y":[1.0]}}"#
    ),
    (#"[]"#, #"[{"op":"add","path":"/0","value":1},{"op":"add","path":"/1","value":2}]"#, "[1,2]"),
    (#"{}"#, #"[]"#, #"{}"#),
  ])
  func applies(_ input: String, _ patch: String, _ output: String) throws {
    var document = try Document(Array(input.utf8))
    try document.apply(try self.patch(patch)) { .init(filter: "patch", "operation \($0)") }
    #expect(String(decoding: document.reprinted(.compact), as: UTF8.self) == output + "\n")
  }

  @Test(arguments: [
    (
      #"[{"op":"test","path":"/baz","value":"bar"}]"#,
      "the value at '/baz' differs from the tested one"
    ),
    (
      #"[{"op":"test","path":"/~01","value":"10"}]"#,
      "the value at '/~01' differs from the tested one"
    ),
    (#"[{"op":"add","path":"/no/bat","value":"qux"}]"#, "there is no value at '/no'"),
    (
      #"[{"op":"add","path":"/baz/bat","value":1}]"#,
      "the value at '/baz' is neither an object nor an array"
    ),
    (#"[{"op":"remove","path":"/no"}]"#, "there is no value at '/no'"),
    (#"[{"op":"replace","path":"/no","value":1}]"#, "there is no value at '/no'"),
    (#"[{"op":"move","from":"/no","path":"/a"}]"#, "there is no value at '/no'"),
    (
      #"[{"op":"move","from":"/list","path":"/list/0"}]"#,
      "the value at '/list' cannot be moved into itself"
    ),
    (#"[{"op":"copy","from":"/no","path":"/a"}]"#, "there is no value at '/no'"),
    (#"[{"op":"test","path":"/no","value":null}]"#, "there is no value at '/no'"),
    (#"[{"op":"remove","path":""}]"#, "the whole document cannot be replaced or removed"),
    (#"[{"op":"add","path":"","value":1}]"#, "the whole document cannot be replaced or removed"),
    (
      #"[{"op":"add","path":"/list/3","value":1}]"#,
      "'3' is not an index of the array at '/list', which has 2 elements"
    ),
    (
      #"[{"op":"add","path":"/list/01","value":1}]"#,
      "'01' is not an index of the array at '/list', which has 2 elements"
    ),
    (#"[{"op":"remove","path":"/list/-"}]"#, "there is no value at '/list/-'"),
    (
      #"[{"op":"add","path":"/a\u0000","value":1}]"#,
      "a member name cannot contain U+0000, where other parsers cut it off"
    ),
  ])
  func leavesTheDocumentWhenItFails(_ patch: String, _ message: String) throws {
    let input = #"{"baz":"qux","~1":10,"list":[1,2]}"#
    var document = try Document(Array(input.utf8))
    let all = try self.patch(#"[{"op":"add","path":"/first","value":1},"# + patch.dropFirst())
    let failure = #expect(throws: Problem.self) {
      try document.apply(all) { _ in .init(filter: "patch", "") }
    }
    #expect(failure?.pointer == JSONPointer(["1"]))
    #expect(failure?.text.description == "The JSON Patch does not fit the document: \(message).")
    #expect(document.edits.isEmpty)
    #expect(document.rendered() == Array(input.utf8))
  }

  @Test func refusesToNestTooDeep() throws {
    let deep = String(repeating: "[", count: 126) + String(repeating: "]", count: 126)
    var document = try Document(Array(#"{"a":{"b":{"c":1}}}"#.utf8))
    for operation in ["add", "replace"] {
      let patch = try self.patch(#"[{"op":"\#(operation)","path":"/a/b/c","value":\#(deep)}]"#)
      let failure = #expect(throws: Problem.self) {
        try document.apply(patch) { _ in .init(filter: "patch", "") }
      }
      #expect(
        failure?.text.description
          == "The JSON Patch does not fit the document: the values at '/a/b/c' would be nested more "
          + "than 128 levels deep.")
    }
  }

  @Test(arguments: [
    ("{}", "", "it is not an array of operations"),
    (
      #"[{"op":"remove","path":"/a"},{"op":"spam","path":"/a"}]"#, "/1",
      "'op' must be one of add, remove, replace, move, copy, test"
    ),
    (#"[{"path":"/a"}]"#, "/0", "'op' must be one of add, remove, replace, move, copy, test"),
    (#"[{"op":"remove"}]"#, "/0", "'path' must be a JSON pointer such as /family"),
    (#"[{"op":"remove","path":"a"}]"#, "/0", "'path' must be a JSON pointer such as /family"),
    (#"[{"op":"add","path":"/a"}]"#, "/0", "the operation needs a 'value'"),
    (#"[{"op":"move","path":"/a"}]"#, "/0", "'from' must be a JSON pointer such as /family"),
    (#"[1]"#, "/0", "'path' must be a JSON pointer such as /family"),
  ])
  func refusesWhatIsNoPatch(_ text: String, _ pointer: String, _ message: String) throws {
    let failure = #expect(throws: Problem.self) { try patch(text) }
    #expect(failure?.pointer.description == pointer)
    #expect(failure?.text.description == "The JSON Patch is not valid: \(message).")
  }

  @discardableResult
  private func patch(_ text: String) throws -> JSONPatch {
    let document = try Document(Array(text.utf8))
    return try JSONPatch(document.value(document.root))
  }
}
