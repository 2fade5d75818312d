import LosslessJSON
import Testing

@testable import EnvoyInjector

@Suite struct LedgerTextTests {
  private func read(_ undo: String, format: Int = 1) -> Ledger? {
    Ledger(parsing: #"{"format":\#(format),"undo":[\#(undo)]}"#)
  }

  @Test(arguments: [
    #"{"remove":"/containerDefinitions/=a~1b"}"#, #"{"remove":"/a/=b","prune":true}"#,
    #"{"remove":"/a/=b","prune":true,"null":true}"#, #"{"remove":"/a","null":true}"#,
    #"{"remove":"/a","closing":"\n  "}"#, #"{"replace":"/cpu","was":"\"512\"","text":"256"}"#,
    #"{"add":"/tags","text":"[ ]","index":2}"#,
    #"{"revoke":"/a/=b","statements":[{"Sid":"S"}],"prune":true,"null":"~","closing":" "}"#,
    #"{"add":"/tags","text":"1","index":0,"head":"\"tags\" :","gap":",\n","closing":" "}"#,
  ])
  func comesBackAsItWas(step: String) throws {
    let ledger = try #require(read(step))
    #expect(ledger.steps.count == 1)
    #expect(ledger.text == #"{"format":1,"undo":[\#(step)]}"#)
    #expect(Ledger(parsing: ledger.text) == ledger)
  }

  @Test(arguments: [
    "{}", "1", #"{"remove":"no pointer"}"#, #"{"replace":"/a","text":"1"}"#,
    #"{"replace":"/a","was":"1"}"#, #"{"add":"/a","index":0}"#, #"{"add":"/a","text":"1"}"#,
    #"{"revoke":"/a"}"#, #"{"revoke":"/a","statements":{}}"#,
    #"{"add":"/a","text":"1","index":"0"}"#, #"{"remove":"/a"},{"x":1}"#,
  ])
  func refusesStepsThatItDoesNotKnow(step: String) { #expect(read(step) == nil) }

  @Test(arguments: ["", "x", "[]", #"{"format":1}"#, #"{"undo":[]}"#, #"{"format":1,"undo":{}}"#])
  func refusesWhatIsNoLedger(text: String) { #expect(Ledger(parsing: text) == nil) }

  @Test func refusesLaterFormats() { #expect(read("", format: 2) == nil) }
}
