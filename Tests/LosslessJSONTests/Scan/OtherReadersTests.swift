import Foundation
import LosslessJSON
import Testing

/// Compares the scanner with other parsers, on random documents and on damaged ones.
@Suite struct OtherReadersTests {
  @Test func readsWhatJSONCReads() throws {
    for bytes in documents {
      guard let document = try? Document(bytes) else { continue }
      let value = document.value(document.root)
      let other = try #require(
        JSONValue(readByJSONC: bytes), "json-c refuses \(String(decoding: bytes, as: UTF8.self))")
      #expect(value.isEquivalent(to: other))
      #expect(value.object?.map(\.name) == other.object?.map(\.name))
    }
  }

  /// In CI a missing Python is a failure. Elsewhere the test is skipped.
  @Test(
    .enabled(
      if: StrictPython.isAvailable || ProcessInfo.processInfo.environment["CI"] == "true",
      "python3 is not installed"))
  func acceptsWhatPythonAccepts() throws {
    let documents = documents
    let verdicts = try StrictPython.verdicts(documents)
    try #require(verdicts.count == documents.count)
    for (bytes, verdict) in zip(documents, verdicts) {
      let accepted = (try? Document(bytes)) != nil
      #expect(accepted == verdict, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
    #expect(verdicts.contains(true) && verdicts.contains(false))
  }

  /// Half of the documents are damaged in one to three bytes.
  private var documents: [[UInt8]] {
    (0..<4000).map { seed in
      var random = RandomDocument(seed: seed)
      var bytes = Array(random.text().utf8)
      guard seed.isMultiple(of: 2) else { return bytes }
      for _ in 0..<Int.random(in: 1...3, using: &random.random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random.random)
        switch Int.random(in: 0..<4, using: &random.random) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(random.random.pick(Self.disturbing), at: place)
        case 2: bytes[place] = random.random.pick(Self.disturbing)
        default: bytes.removeSubrange(place...)
        }
      }
      return bytes
    }
  }

  private static let disturbing =
    Array("{}[]:,\"\\/ \n\t0123456789-+.eEutnfN\0".utf8) + [0x80, 0xED, 0xFF]
}
