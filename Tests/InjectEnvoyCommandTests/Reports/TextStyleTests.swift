import EnvoyInjector
import LosslessJSON
import TaskDefinitions
import Testing

@testable import InjectEnvoyCommand

@Suite struct TextStyleTests {
  @Test func colorsOnlyWhenAsked() {
    let (plain, colored) = (TextStyle(isColored: false), TextStyle(isColored: true))
    #expect(plain.bold("a") == "a")
    #expect(plain.severity(.error) == "error")
    #expect(colored.bold("a") == "\u{1B}[1ma\u{1B}[0m")
    #expect(colored.severity(.error) == "\u{1B}[31merror\u{1B}[0m")
    #expect(colored.severity(.warning) == "\u{1B}[33mwarning\u{1B}[0m")
  }
}
