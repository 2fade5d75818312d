import Glibc

/// Contenders side by side at one job.
struct Table {
  let title: String
  let contenders: [Contender]
  /// The best of each contender's runs.
  private(set) var best: [Contender.Run] = []
  private var instructions: [Int?] = []

  /// - Parameters:
  ///   - rounds: the contenders run one after the other in each: a slow moment of the machine meets
  ///     all of them. The fastest run counts: it was disturbed the least.
  ///   - counting: instructions of a contender; `nil`: valgrind is missing.
  init(
    _ title: String, _ contenders: [Contender], input: String, rounds: Int,
    counting: (Contender) -> Int?
  ) throws {
    self.title = title
    self.contenders = contenders
    var runs: [[Contender.Run]] = contenders.map { _ in [] }
    for _ in 0..<rounds {
      for (index, contender) in contenders.enumerated() {
        runs[index].append(try contender.run(input: input))
      }
    }
    best = runs.map { runs in
      Contender.Run(
        seconds: runs.map(\.seconds).min() ?? 0, peakBytes: runs.map(\.peakBytes).max() ?? 0)
    }
    instructions = contenders.map(counting)
  }

  /// How many times as long as the first contender this one takes.
  func ratio(_ index: Int) -> Double { best[index].seconds / best[0].seconds }

  func print() {
    Swift.print("\n\(title)\n")
    Swift.print("| contender | time | instructions | peak memory |\n|---|---|---|---|")
    for (index, contender) in contenders.enumerated() {
      let count = instructions[index].map { "\(($0 + 500) / 1000) thousand" } ?? "-"
      let memory = "\(best[index].peakBytes / 1_048_576) MiB"
      let milliseconds = (best[index].seconds * 1e5).rounded() / 100
      Swift.print(
        "| \(contender.name) | \(ratio(index).short) (\(milliseconds) ms) | \(count) | \(memory) |")
    }
    // Also where the output is no terminal: the next table takes minutes.
    fflush(nil)
  }
}

extension Double {
  /// Two places behind the point.
  var short: String { "\((self * 100).rounded() / 100)" }
}
