import TaskChecks
import Testing

@testable import EnvoyInjector

@Suite struct RequireLimitsTests {
  private func findings(_ document: String) throws -> [String] {
    try FilterRun(RequireLimits(), on: document).findings
  }

  @Test func acceptsTenContainers() throws {
    let ten = (0..<10).map { #"{"name": "c\#($0)"}"# }.joined(separator: ",")
    #expect(try findings(#"{"containerDefinitions": [\#(ten)]}"#) == [])
  }

  @Test func refusesEleven() throws {
    let eleven = (0..<11).map { #"{"name": "c\#($0)"}"# }.joined(separator: ",")
    #expect(
      try findings(#"{"containerDefinitions": [\#(eleven)]}"#) == [
        "error [too-many-containers] at /containerDefinitions: The task has 11 containers, but "
          + "ECS allows at most 10.; fix: Remove containers, or leave out the tracing daemon with "
          + "--tracing none."
      ])
  }

  @Test func countsBytesWithoutWhiteSpace() throws {
    let room = RequireLimits.maximumBytes - #"{"x":""}"#.utf8.count
    let blanks = String(repeating: " \n", count: 100)
    let full = String(repeating: "x", count: room)
    #expect(try findings(#"{"x":\#(blanks)"\#(full)"}\#(blanks)"#) == [])
    #expect(
      try findings(#"{"x":"\#(full)y"}"#) == [
        "error [too-large] at : The task definition has 65537 bytes, but ECS allows at most "
          + "65536.; fix: Shorten environments and commands, or move them to files and parameters."
      ])
  }
}
