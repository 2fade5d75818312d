import LosslessJSON
import TaskChecks
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct ValueKindsTests {
  private func findings(_ json: String) throws -> [String] {
    let task = TaskDefinition(try Document(Array(json.utf8)))
    var findings = Findings()
    ValueKinds.check(task, &findings)
    return findings.all.map(FilterRun.line)
  }

  private func findings(ofContainer members: String) throws -> [String] {
    try findings(#"{"containerDefinitions": [{\#(members)}]}"#)
  }

  @Test(arguments: [
    #""name": "a", "memory": 500, "cpu": -0, "essential": true, "image": null"#,
    #""portMappings": [{"containerPort": 80}, null, {}], "dependsOn": []"#,
    #""dockerLabels": {"a": null, "b": "c"}, "logConfiguration": {"options": {}}"#,
    #""newByTomorrow": [{"name": 1}], "healthCheck": {"newByTomorrow": 1}"#,
  ])
  func acceptsWhatECSTakes(members: String) throws {
    #expect(try findings(ofContainer: members) == [])
  }

  private static let rendered = "Render a template before you inject it."

  @Test(arguments: [
    (#""name": []"#, "/name", "a string", "an array", "Write a string. \(rendered)"),
    (#""user": 1337"#, "/user", "a string", "a number", "Write it in quotes."),
    (
      #""memory": "${MEMORY}""#, "/memory", "an integer", "a string",
      "Write an integer. \(rendered)"
    ),
    (#""cpu": "1e3""#, "/cpu", "an integer", "a string", "Write an integer. \(rendered)"),
    (#""cpu": "256""#, "/cpu", "an integer", "a string", "Write the number without quotes."),
    (
      #""essential": "true""#, "/essential", "true or false", "a string", "Write it without quotes."
    ),
    (
      #""essential": "yes""#, "/essential", "true or false", "a string",
      "Write true or false. \(rendered)"
    ),
    (
      #""portMappings": {}"#, "/portMappings", "an array", "an object",
      "Write an array. \(rendered)"
    ),
    (
      #""portMappings": [[]]"#, "/portMappings/0", "an object", "an array",
      "Write an object. \(rendered)"
    ),
    (
      #""dockerLabels": {"a": 1}"#, "/dockerLabels/a", "a string", "a number", "Write it in quotes."
    ),
    (
      #""dockerLabels": true"#, "/dockerLabels", "an object", "a boolean",
      "Write an object. \(rendered)"
    ),
    (
      #""environment": [{"name": "ON", "value": true}]"#, "/environment/0/value", "a string",
      "a boolean", "Write it in quotes."
    ),
    (
      #""command": "run -x""#, "/command", "an array of strings", "a string",
      "Write an array that has each word as a string of its own."
    ),
    (
      #""healthCheck": {"command": "curl -f \"x\""}"#, "/healthCheck/command",
      "an array of strings", "a string", #"Write ["CMD-SHELL", "curl -f \"x\""]."#
    ),
  ])
  func refusesOtherKinds(
    members: String, place: String, wanted: String, found: String, fix: String
  ) throws {
    #expect(
      try findings(ofContainer: members) == [
        "error [wrong-kind] at /containerDefinitions/0\(place): This value must be \(wanted) but "
          + "is \(found), so ECS refuses the task definition.; fix: \(fix)"
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

  /// In the order of the document.
  @Test func reportsEverythingInOneOrder() throws {
    let pointers = try findings(
      #"{"volumes": 1, "family": 2, "containerDefinitions": [3, {"name": 4}], "networkMode": 5}"#
    ).map { $0.split(separator: " ")[3] }
    #expect(
      pointers == [
        "/volumes:", "/family:", "/containerDefinitions/0:", "/containerDefinitions/1/name:",
        "/networkMode:",
      ])
  }

  // MARK: Templates

  private func findings(ofTemplate properties: String) throws -> [String] {
    let json = #"""
      {"Resources": {"T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {\#(properties)}}}}
      """#
    let document = try Document(Array(json.utf8))
    var findings = Findings()
    for place in TaskPlace.all(in: document) {
      ValueKinds.check(TaskDefinition(document, at: place), &findings)
    }
    return findings.all.map {
      "\($0.code) \($0.pointer.description.dropFirst("/Resources/T/Properties".count))"
    }
  }

  /// CloudFormation converts them.
  @Test(arguments: [
    #""Cpu": 256, "ContainerDefinitions": [{"Essential": "true", "Memory": "512"}]"#,
    #""ContainerDefinitions": [{"Environment": [{"Name": "A", "Value": 1}, {"Value": true}]}]"#,
    #""ContainerDefinitions": [{"PortMappings": [{"ContainerPort": "80"}], "Command": [1, true]}]"#,
    #""ContainerDefinitions": [{"HealthCheck": {"Interval": "5"}, "DockerLabels": {"a": 1}}]"#,
    #""Volumes": [{"EFSVolumeConfiguration": {"AuthorizationConfig": {"IAM": true}}}]"#,
  ])
  func takesOtherScalarsInTemplates(properties: String) throws {
    #expect(try findings(ofTemplate: properties) == [])
  }

  @Test(arguments: [
    (#""ContainerDefinitions": [{"Command": "run -x"}]"#, "/ContainerDefinitions/0/Command"),
    (
      #""ContainerDefinitions": [{"Environment": {"A": "b"}}]"#,
      "/ContainerDefinitions/0/Environment"
    ),
    (#""Volumes": [{"EFSVolumeConfiguration": "fs-1"}]"#, "/Volumes/0/EFSVolumeConfiguration"),
    (
      #""ProxyConfiguration": {"ProxyConfigurationProperties": {"IgnoredUID": 1337}}"#,
      "/ProxyConfiguration/ProxyConfigurationProperties"
    ),
  ])
  func refusesScalarsForListsInTemplates(properties: String, place: String) throws {
    #expect(try findings(ofTemplate: properties) == ["wrong-kind \(place)"])
  }

  @Test(arguments: [
    #""Family": {"Ref": "F"}, "ContainerDefinitions": [{"Image": {"Fn::Sub": "${I}"}}]"#,
    #""ContainerDefinitions": [{"Command": {"Fn::Split": [" ", {"Ref": "C"}]}}]"#,
    #""ContainerDefinitions": [{"Environment": {"Fn::If": ["C", [], []]}}]"#,
    #""ContainerDefinitions": [{"PortMappings": {"Fn::If": ["C", [], {"Ref": "AWS::NoValue"}]}}]"#,
    #""Volumes": [{"Host": {"Fn::FindInMap": ["a", "b", "c"]}}]"#,
  ])
  func takesFunctionsThatHideNothing(properties: String) throws {
    #expect(try findings(ofTemplate: properties) == [])
  }

  @Test(arguments: [
    (#""ContainerDefinitions": {"Fn::If": ["C", [], []]}"#, "/ContainerDefinitions"),
    (
      #""ContainerDefinitions": [{"PortMappings": {"Ref": "P"}}]"#,
      "/ContainerDefinitions/0/PortMappings"
    ),
    (
      #""ContainerDefinitions": [{"LogConfiguration": {"Options": {"Fn::If": ["C", {}, {}]}}}]"#,
      "/ContainerDefinitions/0/LogConfiguration/Options"
    ),
    (#""ProxyConfiguration": {"Fn::If": ["C", {}, {}]}"#, "/ProxyConfiguration"),
    (
      #""Volumes": [{"EFSVolumeConfiguration": {"Ref": "E"}}]"#, "/Volumes/0/EFSVolumeConfiguration"
    ),
  ])
  func refusesFunctionsThatHideWhatFiltersRead(properties: String, place: String) throws {
    #expect(try findings(ofTemplate: properties) == ["undecided \(place)"])
  }
}
