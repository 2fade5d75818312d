import LawTesting
import LosslessJSON

/// A text, followed by a NUL and the choices that make restore steps, such as a ledger that somebody has
/// edited can contain.
struct Restoring {
  private let text: [UInt8]
  private let choices: ArraySlice<UInt8>

  init(_ input: [UInt8]) {
    let end = input.firstIndex(of: 0) ?? input.endIndex
    text = Array(input[..<end])
    choices = input[end...].dropFirst()
  }

  /// - Parameter read: reads a document in one syntax. Texts that it rejects are not tested here.
  func check(_ read: ([UInt8]) throws -> Document) throws {
    guard !choices.isEmpty, var document = try? read(text) else { return }
    var random = Seed(choices: choices)
    var former: [NodeID] = []
    for _ in 0..<random.number(1...8) {
      former.append(random.pick(document.values))
      var edited = document
      edited.restoreSomewhere(&random, former: former)
      guard edited.refusals.isEmpty else { continue }
      document = edited
      let rendered = document.rendered()
      let output = try read(rendered)
      try Violation.unless(
        output.value(output.root).isEquivalent(to: document.value(document.root)),
        "the text is the document:\n\(String(decoding: rendered, as: UTF8.self))")
    }
  }
}
