internal import LosslessJSON

/// The indentation style of a text, which generated lines follow.
struct Indentation: Sendable {
  let newline: String
  /// The indentation of a mapping's keys relative to the key above them.
  private let mappingStep: Int
  /// The indentation of a list's dashes relative to the key above them. 0 in one of the two common styles.
  private let sequenceStep: Int

  /// Determines the most frequent steps of the text.
  init(of document: Document, _ spans: [Span], _ bytes: [UInt8]) {
    var steps: [Document.Kind: [Int: Int]] = [:]
    func count(_ node: NodeID) {
      for (name, value) in document.children(of: node.index).lazy.map({ ($0.name, $0.value) }) {
        let span = spans[Int(value)]
        if let name, span.form == .block, let first = document.children(of: value).first {
          let inner = spans[Int(first.name ?? first.value)].item
          let step = bytes.column(of: inner) - bytes.column(of: spans[Int(name)].item)
          steps[document.kind(of: NodeID(value)), default: [:]][step, default: 0] += 1
        }
        count(NodeID(value))
      }
    }
    count(document.root)
    let mappings = Self.mostFrequent(steps[.object]).flatMap { $0 > 0 ? $0 : nil }
    let sequences = Self.mostFrequent(steps[.array]).flatMap { $0 >= 0 ? $0 : nil }
    mappingStep = mappings ?? sequences.flatMap { $0 > 0 ? $0 : nil } ?? 2
    sequenceStep = sequences ?? mappingStep
    let firstLine = bytes.firstIndex(of: 0x0A) ?? 0
    newline = firstLine > 0 && bytes[firstLine - 1] == 0x0D ? "\r\n" : "\n"
  }

  /// The indentation of a collection relative to the key above it.
  func step(_ kind: Document.Kind) -> Int { kind == .array ? sequenceStep : mappingStep }

  /// The smaller one of equally frequent steps.
  private static func mostFrequent(_ counts: [Int: Int]?) -> Int? {
    counts?.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }
}

extension [UInt8] {
  fileprivate func column(of offset: Int) -> Int {
    offset - ((self[..<offset].lastIndex(of: 0x0A) ?? -1) + 1)
  }
}
