import LosslessJSON
import Testing

@testable import EnvoyInjector

@Suite struct CopyLoggingTests {
  private static let driver =
    #""logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/a", "#
    + #""awslogs-region": "eu-west-1", "awslogs-stream-prefix": "a"}}"#

  private func run(
    _ filter: CopyLogging, _ containers: String..., daemon: JSONValue? = nil
  ) throws -> FilterRun {
    let document =
      #"{"containerDefinitions": [\#(containers.map { "{\($0)}" }.joined(separator: ", "))]}"#
    return try FilterRun(filter, on: document, envoy: ["name": "envoy"], daemon: daemon)
  }

  private func filter(
    _ logs: InjectionOptions.Logs = .inherit, prefix: String? = nil, region: String? = nil
  ) -> CopyLogging {
    CopyLogging(logs: logs, streamPrefix: prefix, region: region)
  }

  @Test func copiesUnderAPrefixOfItsOwn() throws {
    let run = try run(filter(), #""name": "a", \#(Self.driver)"#, daemon: ["name": "x"])
    let options = #""awslogs-group":"/ecs/a","awslogs-region":"eu-west-1","awslogs-stream-prefix""#
    #expect(
      run.edits == [
        #"add /containerDefinitions/1/logConfiguration {"logDriver":"awslogs","#
          + #""options":{\#(options):"envoy"}}"#,
        #"add /containerDefinitions/2/logConfiguration {"logDriver":"awslogs","#
          + #""options":{\#(options):"x"}}"#,
      ])
  }

  /// Options for parsing the application's lines would corrupt Envoy's.
  @Test func takesTransportNotParsing() throws {
    let driver =
      #""logConfiguration": {"logDriver": "awsfirelens", "options": {"Name": "datadog", "#
      + #""dd_service": "shop", "dd_source": "java", "dd_tags": "a:b", "exclude-pattern": "DEBUG"}}"#
    let run = try run(filter(), #""name": "a", \#(driver)"#)
    #expect(
      run.edits == [
        #"add /containerDefinitions/1/logConfiguration {"logDriver":"awsfirelens","#
          + #""options":{"Name":"datadog","dd_tags":"a:b"}}"#
      ])
    let multiline = Self.driver.replacing(
      #""awslogs-region""#, with: #""awslogs-multiline-pattern": "^INFO", "awslogs-region""#)
    #expect(try !self.run(filter(), #""name": "a", \#(multiline)"#).edits[0].contains("multiline"))
  }

  @Test func takesTheFirstApplicationThatSaysWhere() throws {
    let run = try run(
      filter(prefix: "p"), #""name": "a", "logConfiguration": null"#,
      #""name": "b", \#(Self.driver)"#)
    #expect(run.edits.count == 1)
    #expect(run.edits[0].contains(#""awslogs-stream-prefix":"p""#))
  }

  @Test func leavesOutWhatDescriptionsFillIn() throws {
    let run = try run(
      filter(),
      #""name": "a", "logConfiguration": {"logDriver": "json-file", "options": null, "#
        + #""secretOptions": []}"#)
    #expect(
      run.edits == [#"add /containerDefinitions/1/logConfiguration {"logDriver":"json-file"}"#])
  }

  @Test func copiesFireLensAsItIs() throws {
    let run = try run(
      filter(),
      #""name": "log", "firelensConfiguration": {}, \#(Self.driver)"#,
      #""name": "a", "logConfiguration": {"logDriver": "awsfirelens", "options": {"Name": "s3"}}"#)
    #expect(
      run.edits == [
        #"add /containerDefinitions/2/logConfiguration {"logDriver":"awsfirelens","#
          + #""options":{"Name":"s3"}}"#
      ])
  }

  @Test func hasNothingToCopy() throws {
    #expect(try run(filter(), #""name": "a""#).edits == [])
    #expect(try run(filter(.none), #""name": "a", \#(Self.driver)"#).edits == [])
  }

  @Test func logsToAGroup() throws {
    let own = #"add /containerDefinitions/1/logConfiguration {"logDriver":"awslogs","#
    let run1 = try run(filter(.group("/mesh")), #""name": "a", \#(Self.driver)"#)
    #expect(
      run1.edits == [
        own + #""options":{"awslogs-group":"/mesh","awslogs-region":"eu-west-1","#
          + #""awslogs-stream-prefix":"envoy"}}"#
      ])
    let run2 = try run(filter(.group("/mesh"), region: "us-east-2"), #""name": "a""#)
    #expect(run2.edits.first?.contains(#""awslogs-region":"us-east-2""#) == true)
  }

  @Test func refusesAGroupWithoutARegion() throws {
    #expect(
      try run(filter(.group("/mesh")), #""name": "a""#).findings == [
        "error [no-log-region] at : The region of log group '/mesh' is unknown.; fix: Pass the "
          + "full ARN of the virtual node, or log where an application does with --logs inherit."
      ])
  }
}
