import LawTesting
import LosslessJSON
import Surroundings
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Hand-written labels and templates: the fuzzer's laws with a few hundred seeds.
@Suite struct HostileTests {
  @Test func ledgersChangeNothingOfTheApplication() throws {
    var takenBack = 0
    for number in 0..<600 {
      var seed = Seed(number)
      var definition = RandomTaskDefinition(&seed)
      var ledger = RandomLedger(&seed)
      let before = ledger.mark(definition.make())
      guard before["containerDefinitions"] != nil else { continue }
      let bytes = Array(before.compactText.utf8)
      guard let output = try? Injector.uninject(bytes).output else { continue }
      takenBack += 1
      let after = try Document(output)
      do {
        try RandomLedger.check(before, after.value(after.root))
      } catch {
        Issue.record("\(number): \(error)\n\(before.compactText)")
      }
    }
    #expect(takenBack > 0)
  }

  @Test func emptyValuesComeBackAsTheyWere() throws {
    var options = InjectionOptions()
    options.appPorts = [8080]
    let injector = Injector(options)
    var injected = 0
    for number in SlowProofs.sample(upTo: 300) {
      var seed = Seed(number)
      var nulls = RandomNulls(&seed)
      let template = nulls.make()
      guard let output = try? injector.inject(template).output else { continue }
      injected += 1
      expectSame(try injector.inject(output).output, output, "\(number): again")
      expectSame(try Injector.uninject(output).output, template, "\(number): back")
    }
    #expect(injected > 20)
  }
}
