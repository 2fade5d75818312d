import CloudFormation
import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct StackVariablesTests {
  private static let web = ServedPort(function: ["Ref": "WebPort"], number: 80)
  private static let admin = ServedPort(function: ["Fn::ImportValue": "admin-port"], number: nil)
  private let variables = StackVariables([Self.web, ServedPort(8080), Self.admin])

  @Test func onlyFunctionsAreVariables() {
    #expect(variables.number(of: Self.web) == .variable("${AppPort1}"))
    #expect(variables.number(of: ServedPort(8080)) == .known(8080))
    #expect(variables.number(of: Self.admin) == .variable("${AppPort2}"))
    #expect(variables.number(of: ServedPort(65536)) == nil)
  }

  @Test func textsWithoutVariablesStayTexts() {
    for text in ["", "--config-yaml", "${Name}", "AppPort1", "{\"a\": 1}"] {
      #expect(variables.value(text) == .string(text))
      #expect(!variables.areIn(TextFragment(text).filled()))
    }
  }

  @Test func theStackFillsInWhatIsThere() {
    #expect(variables.areIn(TextFragment("app_${AppPort2}").filled()))
    #expect(
      variables.value("app_${AppPort2}")
        == ["Fn::Sub": ["app_${AppPort2}", ["AppPort2": ["Fn::ImportValue": "admin-port"]]]])
    #expect(
      variables.value("${AppPort1} ${AppPort2} ${AppPort1}")
        == [
          "Fn::Sub": [
            "${AppPort1} ${AppPort2} ${AppPort1}",
            ["AppPort1": ["Ref": "WebPort"], "AppPort2": ["Fn::ImportValue": "admin-port"]],
          ]
        ])
  }

  /// After CloudFormation evaluates it, the text is the original one.
  @Test func otherDollarsStayText() throws {
    let text = "${Name} $ {} ${!Name} $${AppPort1} $AppPort1"
    let function = variables.value(text)
    let values = TemplateValues(
      try Document(Array(#"{"Parameters": {"WebPort": {"Default": 80}}}"#.utf8)))
    #expect(values.resolve(function) == "${Name} $ {} ${!Name} $80 $AppPort1")
  }
}
