import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct RegisterFormTests {
  private func form(_ text: String) throws -> String {
    var document = try Document(Array(text.utf8))
    RegisterForm().apply(to: &document)
    return String(decoding: document.rendered(), as: UTF8.self)
  }

  @Test func leavesATaskDefinitionAsItIs() throws {
    let text = #"{ "containerDefinitions":[ ] , "family": "x", "tags": [] }"#
    #expect(try form(text) == text)
  }

  @Test func dropsWhatOnlyECSSets() throws {
    let names = [
      "taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities",
      "registeredAt", "registeredBy", "deregisteredAt", "deleteRequestedAt",
    ]
    let members = names.map { "\"\($0)\": null, " }.joined()
    #expect(
      try form("{\(members)\"containerDefinitions\": []}") == #"{"containerDefinitions": []}"#)
  }

  @Test func removesEveryNullFromAnAnswer() throws {
    let text = #"""
      {"revision": 1, "pidMode": null, "containerDefinitions": [
        {"name": "a", "entryPoint": null, "environment": [null, {"name": "b", "value": "c"}]}],
        "ipcMode": null}
      """#
    #expect(
      try form(text) == #"""
        {"containerDefinitions": [
          {"name": "a", "environment": [{"name": "b", "value": "c"}]}]}
        """#)
  }

  @Test func listsRemovedNullsAsEdits() throws {
    var document = try Document(
      Array(#"{"revision": 1, "pidMode": null, "containerDefinitions": []}"#.utf8))
    RegisterForm().apply(to: &document)
    #expect(document.edits.map(\.pointer.description) == ["/revision", "/pidMode"])
    #expect(document.edits.allSatisfy { $0.reason.filter == "register-form" })
  }

  /// A document that does not come from ECS keeps its nulls, byte for byte.
  @Test func leavesTheNullsOfOtherDocuments() throws {
    let text = #"{"pidMode": null, "containerDefinitions": [{"entryPoint": null}]}"#
    #expect(try form(text) == text)
  }

  @Test func takesTheTagsInFromBeside() throws {
    let text = #"{"tags": [{"key": "a"}], "taskDefinition": {"containerDefinitions": []}}"#
    #expect(try form(text) == #"{"containerDefinitions": [], "tags": [{"key": "a"}]}"#)
  }

  @Test(arguments: [
    #"{"taskDefinition": {"containerDefinitions": []}, "tags": []}"#,
    #"{"taskDefinition": {"containerDefinitions": []}, "tags": null, "failures": []}"#,
  ])
  func addsNoEmptyTags(text: String) throws {
    #expect(try form(text) == #"{"containerDefinitions": []}"#)
  }

  @Test func movesTheLinesOfAWrappedDocumentLeft() throws {
    let text = """
      {
          "taskDefinition": {
              "containerDefinitions": [
                  {}
              ]
          },
          "tags": []
      }

      """
    #expect(
      try form(text) == """
        {
            "containerDefinitions": [
                {}
            ]
        }

        """)
  }

  @Test(arguments: [
    #"{"status": "ACTIVE"}"#, #"{"taskDefinition": "web:1", "status": 1}"#, "[]", "1",
  ])
  func leavesOtherDocumentsAlone(text: String) throws { #expect(try form(text) == text) }
}
