import CloudFormation
import LawTesting
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Tasks whose size a parameter or a mapping of the template gives.
@Suite struct TemplateSizeTests {
  /// - Parameters:
  ///   - sections: sections of the template before its resources.
  ///   - size: the members `Cpu` and `Memory`.
  private func template(_ sections: String, _ size: String, more: String = "") -> String {
    """
    \(sections)
    Resources:
      Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
      Web:
        Type: AWS::ECS::TaskDefinition
        Properties:
          Family: web
          NetworkMode: awsvpc
          RequiresCompatibilities: [FARGATE]
          TaskRoleArn: !GetAtt Role.Arn
          \(size)
          ContainerDefinitions:
            - Name: web  # the application
              Image: nginx
              MemoryReservation: 512
    \(more)

    """
  }

  private static let parameter = """
    Parameters:
      Memory:
        Type: String
        Default: "512"   # MiB
    """
  private static let byParameter = "Cpu: 256\n      Memory: !Ref Memory"
  private static let mapping = """
    Parameters:
      Stage: {Type: String, Default: test}
    Mappings:
      Sizes:
        test: {Cpu: 256, Memory: 512}
        live: {Cpu: 512, Memory: 2048}
    """
  private static let byMapping = """
    Cpu: !FindInMap [Sizes, !Ref Stage, Cpu]
          Memory: !FindInMap [Sizes, !Ref Stage, Memory]
    """

  /// Injects, checks the laws, and takes the injection back.
  private func resized(
    _ text: String, _ change: (inout InjectionOptions) -> Void = { _ in }
  ) throws -> Injection {
    var options = InjectionOptions()
    options.resize = true
    change(&options)
    let injection = try #require(
      Laws(injector: Injector(options)).check(Array(text.utf8), "resized template"))
    #expect(try Injecting.uninject(injection.text).text == text)
    return injection
  }

  private func refusals(
    _ text: String, resize: Bool = true, given: [String: String] = [:]
  ) -> [String] {
    Injecting.refusals {
      try Injecting.inject(text) {
        $0.resize = resize
        $0.parameters = GivenValues(given)
      }
    }
  }

  @Test func raisesTheDefaultOfAParameter() throws {
    let injection = try resized(template(Self.parameter, Self.byParameter))
    #expect(injection.text.contains(#"Default: "1024"   # MiB"#))
    #expect(
      injection.warnings.map(FilterRun.line).contains(
        "warning [resized-default] at /Parameters/Memory/Default: The default of parameter 'Memory' "
          + "is now 1024. A stack that exists keeps the value that it has.; fix: Deploy it with "
          + "Memory=1024."))
  }

  /// The policy in the role is an edit outside of the task, too.
  @Test func raisesTheDefaultBesideARole() throws {
    let injection = try resized(template(Self.parameter, Self.byParameter)) {
      $0.tracing = .xray
      $0.envoyMemoryReservation = 256
    }
    #expect(injection.text.contains("PolicyName: inject-envoy"))
    #expect(injection.text.contains(#"Default: "1024""#))
  }

  @Test func choosesAmongAllowedValues() throws {
    let sections = Self.parameter + "\n    AllowedValues: [\"512\", 2 GB]"
    let injection = try resized(template(sections, Self.byParameter))
    #expect(
      injection.text.contains(#"Default: "2 GB""#) || injection.text.contains("Default: 2 GB"))
  }

  @Test func namesTheValueThatMustBeAllowed() throws {
    let sections = Self.parameter + "\n    AllowedValues: [\"512\"]"
    let text = template(sections, Self.byParameter)
    let refusals = refusals(text)
    #expect(
      refusals.first?.hasSuffix(
        "fix: Raise parameter Memory so that the task gets \"cpu\": \"256\", \"memory\": \"1024\". Add "
          + "1024 to the AllowedValues of Memory first.") == true, "\(refusals)")
    let followed = text.replacing("[\"512\"]", with: "[\"512\", \"1024\"]")
    #expect(try resized(followed).text.contains(#"Default: "1024""#))
  }

  @Test func theAdviceNamesTheEntryOfAMapping() throws {
    let refusals = refusals(template(Self.mapping, Self.byMapping), resize: false)
    #expect(
      refusals.first?.hasSuffix(
        "fix: Raise Memory in entry test of mapping Sizes so that the task gets \"cpu\": \"256\", "
          + "\"memory\": \"1024\", or let --resize do it.") == true, "\(refusals)")
    let followed = template(
      Self.mapping.replacing("Memory: 512", with: "Memory: 1024"), Self.byMapping)
    #expect(try Injecting.inject(followed).outcome == .injected)
  }

  /// With AWS::LanguageExtensions, the function can have a default.
  @Test func raisesAnEntryWithADefault() throws {
    let size = Self.byMapping.replacing("Memory]", with: "Memory, {DefaultValue: 512}]")
    let injection = try resized(template(Self.mapping, size))
    #expect(injection.text.contains("test: {Cpu: 256, Memory: \"1024\"}"))
  }

  @Test func raisesTheEntryOfAMapping() throws {
    let injection = try resized(template(Self.mapping, Self.byMapping))
    #expect(injection.text.contains(#"test: {Cpu: 256, Memory: "1024"}"#), "\(injection.text)")
    #expect(injection.text.contains("live: {Cpu: 512, Memory: 2048}"))
    #expect(injection.warnings.map(\.code).contains("resized-entry"))
  }

  @Test func aGivenParameterChoosesTheEntry() throws {
    let injection = try resized(template(Self.mapping, Self.byMapping)) {
      $0.parameters = GivenValues(["Stage": "live"])
    }
    #expect(injection.text.contains("test: {Cpu: 256, Memory: 512}"))
    #expect(injection.text.contains("live: {Cpu: 512, Memory: 2048}"))
  }

  /// The default would not be used.
  @Test func aGivenValueIsNamedInTheAdvice() throws {
    let text = template(Self.parameter, Self.byParameter)
    for resize in [false, true] {
      let refusals = refusals(text, resize: resize, given: ["Memory": "512"])
      #expect(
        refusals.first?.hasSuffix(
          "fix: Give --parameter Memory=1024, and deploy the stack with that.") == true,
        "\(refusals)")
    }
    let followed = try Injecting.inject(text) { $0.parameters = GivenValues(["Memory": "1024"]) }
    #expect(followed.text.contains(#"Default: "512""#))
  }

  @Test func offersToResize() {
    let refusals = refusals(template(Self.parameter, Self.byParameter), resize: false)
    #expect(refusals.first?.hasSuffix(", or let --resize do it.") == true, "\(refusals)")
  }

  /// An edit of the parameter would change something else.
  @Test func leavesWhatOthersUse() throws {
    let more = "Outputs:\n  Size: {Value: !Sub \"${Memory} MiB\"}"
    let text = template(Self.parameter, Self.byParameter, more: more)
    let refusals = refusals(text)
    #expect(refusals.first?.contains("[task-too-small]") == true, "\(refusals)")
    #expect(refusals.first?.contains("--resize") == false, "\(refusals)")
    let other = "  Other: {Type: X, Properties: {Y: !FindInMap [Sizes, test, Memory]}}"
    #expect(
      self.refusals(template(Self.mapping, Self.byMapping, more: other)).first?
        .contains("[task-too-small]") == true)
  }

  @Test func refusesParametersThatNothingHas() {
    let text = template(Self.parameter, Self.byParameter)
    #expect(
      refusals(text, given: ["Memry": "1024"]).contains {
        $0.hasPrefix("error [template-parameter-unknown]")
      })
    #expect(
      refusals(
        template(Self.parameter + "\n    AllowedValues: [\"512\"]", Self.byParameter),
        given: ["Memory": "1024"]
      ).contains { $0.hasPrefix("error [template-parameter-value]") })
    #expect(
      refusals(Injecting.web, given: ["Memory": "1024"]).contains {
        $0.hasPrefix("error [template-parameter-unknown]")
      })
  }

  @Test func givenValuesNameContainersAndPorts() throws {
    let text = template(
      "Parameters:\n  Name: {Type: String}\n  Port: {Type: Number}", "Cpu: 256\n      Memory: 1024"
    )
    .replacing(
      "Name: web ", with: "Name: !Ref Name\n          PortMappings: [{ContainerPort: !Ref Port}] ")
    let injection = try Injecting.inject(text) {
      $0.parameters = GivenValues(["Name": "shop", "Port": "8080"])
      $0.onlyContainers = ["shop"]
    }
    #expect(injection.text.contains("${AppPort1}"), "\(injection.text)")
    #expect(try Injecting.uninject(injection.text).text == text)
  }

  /// A ledger is a label, which anybody can write.
  @Test func aLedgerCannotWriteElsewhere() throws {
    let text = template(Self.parameter, Self.byParameter)
    let injected = try resized(text).text
    let forged = injected.replacing("/Parameters/Memory/Default", with: "/Parameters/Other/Default")
    #expect(forged != injected)
    let refusals = Injecting.refusals { try Injecting.uninject(forged) }
    #expect(refusals.first?.hasPrefix("error [foreign-ledger]") == true, "\(refusals)")
  }
}
