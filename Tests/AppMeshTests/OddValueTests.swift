import AppMesh
import LosslessJSON
import Testing

/// Every mistake in a description is reported, and none stops the reader.
struct OddValueTests {
  private static let odd: [JSONValue] = [
    .null, true, "", "\u{0}", -1, 65536, .number("1e999"), .number("9223372036854775807"), [],
    .object([]),
    [[]], .string(String(repeating: "x", count: 2000)), ["Ref": "A"], ["Fn::If": []],
    ["Fn::Select": [0, "a"]], "arn:aws:appmesh:eu-west-1:1:mesh/m", "arn:", "$X",
  ]

  private static func resources() throws -> [JSONValue] {
    let text = try Reading.testdata("mesh-complete/describe.json")
    var splitter = DocumentSplitter()
    splitter.append(Array(text.utf8))
    var values: [JSONValue] = []
    while let piece = splitter.next(isEnd: true) {
      let document = try Document(piece.bytes)
      values.append(document.value(document.root))
    }
    return values
  }

  /// Variants of a value: each part replaced by an odd value, and each member left out.
  private static func variants(of value: JSONValue) -> [JSONValue] {
    switch value {
    case .object(let members):
      return odd
        + members.indices.flatMap { index -> [JSONValue] in
          var without = members
          without.remove(at: index)
          return [.object(without)]
            + variants(of: members[index].value).map { variant in
              var changed = members
              changed[index].value = variant
              return .object(changed)
            }
        }
    case .array(let elements):
      return odd
        + elements.indices.flatMap { index in
          variants(of: elements[index]).map { variant in
            var changed = elements
            changed[index] = variant
            return .array(changed)
          }
        }
    default: return odd
    }
  }

  @Test func oddValuesAreReadOrRefused() throws {
    var (readings, refusals) = (0, 0)
    for resource in try Self.resources() {
      for variant in Self.variants(of: resource["spec"] ?? .null) {
        var members = resource.object?.first?.value.object ?? []
        if let index = members.firstIndex(where: { $0.name == "spec" }) {
          members[index].value = variant
        }
        let problems = Reading.problems(JSONValue.object(members).compactText)
        #expect(problems.allSatisfy { $0.hasSuffix(".") })
        if problems.isEmpty { readings += 1 } else { refusals += 1 }
      }
    }
    #expect(readings > 0 && refusals > readings, "\(readings) readings, \(refusals) refusals")
  }

  @Test func truncatedFilesAreRefused() throws {
    let json = try #require(try Self.resources().first { $0["virtualNode"] != nil }).compactText
    for length in stride(from: 0, to: json.utf8.count, by: 7) {
      let problems = Reading.problems(String(json.prefix(length)))
      #expect(problems.count == 1 && problems[0].hasPrefix("file1:1: "), "\(length): \(problems)")
    }
    let yaml = try Reading.testdata("mesh-complete/template.yaml")
    // A template that is cut off after any line is still a template.
    for length in stride(from: 0, to: yaml.utf8.count, by: 997) {
      _ = Reading.problems(String(yaml.prefix(length)))
    }
  }
}
