/// Deterministic random numbers (SplitMix64), which come after the choices of a fuzzer.
public struct Seed: RandomNumberGenerator {
  private var state: UInt64
  /// Each byte decides one number, until there are no more.
  private var choices: ArraySlice<UInt8>

  public init(_ state: Int) {
    self.state = UInt64(state) &* 0x9E37_79B9_7F4A_7C15
    choices = []
  }

  /// - Parameter choices: changing one byte changes one decision and does not affect the others.
  public init(choices: ArraySlice<UInt8>) {
    state = 0
    self.choices = choices
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    // The highest bits decide between a small number of choices.
    return choices.popFirst().map { UInt64($0) << 56 | mixed >> 8 } ?? mixed
  }

  /// An independent generator for a part of the result.
  mutating func part() -> Seed {
    var part = Seed(number(0...1_000_000))
    part.choices = choices.prefix(choices.count / 2)
    choices.removeFirst(choices.count / 2)
    return part
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  public mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }

  public mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &self)
  }
}
