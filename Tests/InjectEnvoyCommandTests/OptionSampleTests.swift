import LosslessJSON
import Testing

@testable import InjectEnvoyCommand

/// The values from which the fuzzer draws.
@Suite struct OptionSampleTests {
  @Test func everyRowAcceptsItsSamples() throws {
    for option in OptionTable.all {
      #expect(!option.samples().isEmpty, "\(option.name)")
      for sample in option.samples() {
        var options = CallOptions()
        try option.apply(&options, [sample])
      }
    }
  }

  @Test func aRowAcceptsAnOddValueOrSaysWhyNot() {
    for option in OptionTable.all {
      for value in option.oddities() + ["", " ", "none", "\u{1B}[31m"] {
        var options = CallOptions()
        do throws(Problem) {
          try option.apply(&options, [value])
        } catch {
          #expect(error.text.spelled.hasSuffix("."), "\(option.name): \(error.text)")
        }
      }
    }
  }
}
