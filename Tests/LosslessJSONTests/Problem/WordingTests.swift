import LosslessJSON
import Testing

@Suite struct WordingTests {
  static let appPorts = Setting("appPorts")

  @Test func fillsHoles() {
    let wording: Wording = "Port {port} of '{container}' is taken."
    #expect(wording.holes == ["port", "container"])
    #expect(
      wording.filling(["port": "80", "container": "web"]).description
        == "Port 80 of 'web' is taken.")
  }

  @Test func keepsHolesWithoutValues() {
    #expect(Wording("{a} and {b}").filling(["b": "2"]).description == "{a} and 2")
  }

  @Test func bracesOfJSONAreNoHoles() {
    let wording: Wording = #"Write {"name": …} and {{resolve:ssm:x}}, {}."#
    #expect(wording.holes.isEmpty)
    #expect(wording.description == #"Write {"name": …} and {{resolve:ssm:x}}, {}."#)
  }

  @Test func valuesAreNeverReadAsHoles() {
    let filled = Wording("'{name}' is here.").filling(["name": "{port}"])
    #expect(filled.filling(["port": "80"]).description == "'{port}' is here.")
    #expect(Wording(verbatim: "{port}").holes.isEmpty)
  }

  @Test func namesSettingsAsTheReaderSpellsThem() {
    let wording: Wording = "Name them with \(Self.appPorts, "80")."
    #expect(wording.description == "Name them with appPorts = 80.")
    #expect(
      wording.text { _, value in "--app-port \(value ?? "")" } == "Name them with --app-port 80.")
    #expect(wording.settings == [Self.appPorts])
  }

  @Test func aProblemSaysWhatItsRuleSays() {
    let rule = Rule.error("port-taken", "Port {port} is taken.", fix: "Move {port}.")
    let problem = Problem(rule, ["port": "80"])
    #expect(problem.text.description == "Port 80 is taken.")
    #expect(problem.fix.description == "Move 80.")
    #expect(problem.severity == .error)
    let asked = Problem(rule, ["port": "80"], fix: "Leave {port} out.", severity: .warning)
    #expect(asked.fix.description == "Leave 80 out.")
    #expect(asked.severity == .warning)
  }
}
