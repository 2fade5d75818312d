import LosslessJSON
import RolePolicies
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct TemplateTextTests {
  private static func value(_ json: String) throws -> JSONValue {
    let document = try Document(Array(json.utf8))
    return document.value(document.root)
  }

  private static func text(_ json: String) throws -> TemplateText {
    try #require(TemplateText(value(json)) { $0 == ["Ref": "Known"] ? "known" : nil })
  }

  /// Functions with equal results get the same spelling.
  @Test(arguments: [
    (#""a""#, #""a""#, "a"), ("80", #""80""#, "80"), ("true", #""true""#, "true"),
    (#"{"Ref": "A"}"#, #"{"Ref":"A"}"#, "*"),
    (#"{"Ref": "Known"}"#, #"{"Ref":"Known"}"#, "known"),
    (#"{"Fn::Sub": "${A}"}"#, #"{"Ref":"A"}"#, "*"),
    (#"{"Fn::Sub": "${A.Arn}"}"#, #"{"Fn::GetAtt":["A","Arn"]}"#, "*"),
    (#"{"Fn::GetAtt": "A.Outputs.B"}"#, #"{"Fn::GetAtt":["A","Outputs.B"]}"#, "*"),
    (#"{"Fn::Sub": "x"}"#, #""x""#, "x"),
    (#"{"Fn::Sub": "a${!B}"}"#, #""a${B}""#, "a${B}"),
    (#"{"Fn::Sub": "a${!B}${C}"}"#, #"{"Fn::Sub":"a${!B}${C}"}"#, "a${B}*"),
    (#"{"Fn::Sub": ["/${A}", {"A": "b"}]}"#, #""/b""#, "/b"),
    (
      #"{"Fn::Join": [":", ["a", {"Ref": "Known"}, {"Fn::GetAtt": ["B", "Arn"]}]]}"#,
      #"{"Fn::Sub":"a:${Known}:${B.Arn}"}"#, "a:known:*"
    ),
    (
      #"{"Fn::Join": ["", ["a", {"Fn::ImportValue": "b"}]]}"#,
      #"{"Fn::Sub":["a${Value1}",{"Value1":{"Fn::ImportValue":"b"}}]}"#, "a*"
    ),
    (#"{"Fn::Join": ["", {"Ref": "L"}]}"#, #"{"Fn::Join":["",{"Ref":"L"}]}"#, "*"),
  ])
  func spellings(_ given: String, _ template: String, _ pattern: String) throws {
    let text = try Self.text(given)
    #expect(text.value.compactText == template)
    #expect(text.pattern == pattern)
    #expect(TemplateText(text.value)?.value == text.value)
  }

  @Test(arguments: ["[]", "null", #"{"a": "b"}"#, #"{"Ref": "A", "Fn::Sub": "b"}"#])
  func noText(_ json: String) throws {
    #expect(try TemplateText(Self.value(json)) == nil)
  }

  @Test func splitsLiteralsOnly() throws {
    let text = try Self.text(#"{"Fn::Sub": "arn:${AWS::Partition}:s3:::${B}/c"}"#)
    #expect(text.split(by: ":").map(\.pattern) == ["arn", "*", "s3", "", "", "*/c"])
    #expect(text.known == nil && text.prefix == "arn:" && text.isARN)
  }
}
