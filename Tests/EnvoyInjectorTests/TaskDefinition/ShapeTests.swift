import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct ShapeTests {
  private func findings(_ json: String) throws -> [String] {
    let task = TaskDefinition(try Document(Array(json.utf8)))
    var findings = Findings()
    Shape.taskDefinition.check(task.root, in: task, &findings)
    return findings.all.map(FilterRun.line)
  }

  private func findings(ofContainer members: String) throws -> [String] {
    try findings(#"{"containerDefinitions": [{\#(members)}]}"#)
  }

  @Test(arguments: [
    #""name": "a", "memory": "500", "cpu": -0, "essential": true, "image": null"#,
    #""portMappings": [{"containerPort": "80"}, null, {}], "dependsOn": []"#,
    #""dockerLabels": {"a": null, "b": "c"}, "logConfiguration": {"options": {}}"#,
    #""links": 7, "unknown": [{"name": 1}]"#,
  ])
  func acceptsWhatFiltersCanRead(members: String) throws {
    #expect(try findings(ofContainer: members) == [])
  }

  @Test(arguments: [
    (#""name": []"#, "/name", "a string", "an array"),
    (#""user": 1337"#, "/user", "a string", "a number"),
    (#""memory": "${MEMORY}""#, "/memory", "an integer", "a string"),
    (#""cpu": "1e3""#, "/cpu", "an integer", "a string"),
    (#""essential": "true""#, "/essential", "true or false", "a string"),
    (#""portMappings": {}"#, "/portMappings", "an array", "an object"),
    (#""portMappings": [[]]"#, "/portMappings/0", "an object", "an array"),
    (#""dockerLabels": {"a": 1}"#, "/dockerLabels/a", "a string", "a number"),
    (#""dockerLabels": true"#, "/dockerLabels", "an object", "a boolean"),
  ])
  func refusesOtherKinds(members: String, place: String, wanted: String, found: String) throws {
    #expect(
      try findings(ofContainer: members) == [
        "error [wrong-kind] at /containerDefinitions/0\(place): This value must be \(wanted) but "
          + "is \(found), so ECS refuses the task definition.; fix: Write \(wanted). Render a "
          + "template before you inject it."
      ])
  }

  @Test(arguments: ["1.5", "1e2", "2147483648", "-0.0"])
  func refusesWhatIsNoInteger(number: String) throws {
    #expect(
      try findings(ofContainer: #""cpu": \#(number)"#) == [
        "error [not-an-integer] at /containerDefinitions/0/cpu: \(number) is not a 32-bit "
          + "integer, so ECS refuses the task definition.; fix: Write a whole number without a "
          + "fraction or exponent."
      ])
  }

  @Test func reportsEverythingInOneOrder() throws {
    let pointers = try findings(
      #"{"volumes": 1, "family": 2, "containerDefinitions": [3, {"name": 4}], "networkMode": 5}"#
    ).map { $0.split(separator: " ")[3] }
    #expect(
      pointers == [
        "/containerDefinitions/0:", "/containerDefinitions/1/name:", "/family:", "/networkMode:",
        "/volumes:",
      ])
  }
}
