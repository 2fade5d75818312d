import Glibc

/// The measurements of all contenders for one workload.
struct Table {
  let title: String
  let contenders: [Contender]
  /// The fastest run of each contender.
  private(set) var best: [Contender.Run] = []
  /// The instructions of each contender; `nil` without valgrind.
  private(set) var instructions: [Int?] = []

  /// - Parameters:
  ///   - rounds: each round runs all contenders, so a slow phase of the machine affects all of them.
  ///     The fastest run is kept, because it was disturbed least.
  ///   - counting: returns the instructions of a contender; `nil` without valgrind.
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

  /// The time of a contender as a multiple of the first contender's.
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
    // Flushes, because the next table takes minutes and the output may be a file.
    fflush(nil)
  }
}

extension Double {
  /// Two digits after the decimal point.
  var short: String { "\((self * 100).rounded() / 100)" }
}
