import LawTesting
import Testing

@testable import EnvoyInjector

@Suite struct RandomTests {
  /// Only a few in a debug build, which is slow. Every failure names its seed.
  @Test(arguments: 0..<20) func lawsHold(group: Int) throws {
    var injected = 0
    for number in (group * 30)..<(group * 30 + 30) {
      var seed = Seed(number)
      var definition = RandomTaskDefinition(&seed)
      var text = RandomJSONText(&seed)
      var options = RandomOptions(&seed)
      let laws = Laws(injector: Injector(try options.make()))
      let input = text.document(definition.make())
      if laws.check(input, "seed \(number)") != nil { injected += 1 }
    }
    #expect(injected > 3, "the documents are too strange to test anything")
  }
}
