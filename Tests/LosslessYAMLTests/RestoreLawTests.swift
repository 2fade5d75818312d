import LawTesting
import LosslessJSON
import LosslessYAML
import Surroundings
import Testing

/// No step of any ledger crashes the program, and the text always matches the document.
@Suite struct RestoreLawTests {
  @Test func lawsHoldForEveryLayout() throws {
    for text in Layouts.all + Layouts.resources {
      try check(text, seeds: SlowProofs.sample(upTo: 60)) { try Document(yaml: $0) }
    }
  }

  @Test(arguments: [
    #"{"a": [1, 2], "b": {"c": 3}, "d": null}"#, "[]", "{}", "[[1],\n [2]\n]\n",
    "{\n  \"a\": {}\n}\n",
  ])
  func lawsHoldForJSON(_ text: String) throws {
    try check(text, seeds: SlowProofs.sample(upTo: 400)) { try Document($0) }
  }

  private func check(
    _ text: String, seeds: [Int], _ read: ([UInt8]) throws -> Document
  ) throws {
    for seed in seeds {
      var random = Seed(seed)
      var document = try read(Array(text.utf8))
      var former: [NodeID] = []
      for step in 0..<Int.random(in: 1..<8, using: &random) {
        former.append(random.pick(document.values))
        var edited = document
        edited.restoreSomewhere(&random, former: former)
        guard edited.refusals.isEmpty else { continue }
        document = edited
        let rendered = document.rendered()
        let shown = String(decoding: rendered, as: UTF8.self).debugDescription
        let comment: Comment = "\(text.debugDescription), seed \(seed), step \(step): \(shown)"
        let output = try? read(rendered)
        let value = output.map { $0.value($0.root) }
        #expect(value?.isEquivalent(to: document.value(document.root)) ?? false, comment)
      }
    }
  }
}
