import LawTesting
import LosslessJSON

/// A text, followed by a NUL and the choices that make its edits. No text contains a NUL.
struct Splicing {
  private let text: [UInt8]
  private let choices: ArraySlice<UInt8>

  init(_ input: [UInt8]) {
    let end = input.firstIndex(of: 0) ?? input.endIndex
    text = Array(input[..<end])
    choices = input[end...].dropFirst()
  }

  /// - Parameter read: reads a document in one syntax. Texts that it rejects are not tested here.
  func check(_ read: ([UInt8]) throws -> Document) throws {
    guard let original = try? read(text) else { return }
    try Violation.unlessSame(original.rendered(), text, "no edit, no change")
    let (document, value) = edited(original)
    guard !document.edits.isEmpty else { return }
    let rendered = document.rendered()
    var output = try read(rendered)
    try Violation.unless(
      output.value(output.root).isEquivalent(to: value),
      "edits do what they say:\n\(String(decoding: rendered, as: UTF8.self))")
    try output.takeBack(document.edits)
    try Violation.unless(output.refusals.isEmpty, "what was edited can be taken back")
    try Violation.unlessSame(output.rendered(), text, "edits taken back leave the input")
  }

  /// - Returns: the document after some accepted edits, and the value that it must have.
  private func edited(_ original: Document) -> (Document, JSONValue) {
    var document = original
    var expected = document.value(document.root)
    var random = Seed(choices: choices)
    guard !choices.isEmpty else { return (document, expected) }
    for _ in 0..<random.number(1...8) {
      var (edited, value) = (document, expected)
      edited.editSomewhere(&random, &value)
      if edited.refusals.isEmpty { (document, expected) = (edited, value) }
    }
    return (document, expected)
  }
}
