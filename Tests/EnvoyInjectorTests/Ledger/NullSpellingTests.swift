import EnvoyInjector
import Testing

/// A YAML null gets its original spelling back when the injection that replaced it is undone.
@Suite struct NullSpellingTests {
  @Test(
    arguments: ["", " ~", " Null", " NULL", " null", "   ~", " # nothing yet", " ~ # nothing yet"],
    ["\n", "\r\n", "\n          Essential: true\n"])
  func uninjectRestoresTheSpelling(_ spelling: String, _ end: String) throws {
    let lines = [
      "Resources:", "  T:", "    Type: AWS::ECS::TaskDefinition", "    Properties:",
      "      Family: w", "      NetworkMode: awsvpc", "      ProxyConfiguration:\(spelling)",
      "      Cpu: '256'", "      Memory: '1024'", "      ContainerDefinitions:",
      "        - Name: app", "          Image: x", "          DependsOn:\(spelling)",
    ]
    let input = Array((lines.joined(separator: end == "\r\n" ? end : "\n") + end).utf8)
    var options = InjectionOptions()
    options.appPorts = [8080]
    let injector = Injector(options)
    let injected = try injector.inject(input).output
    #expect(injected != input)
    #expect(try injector.inject(injected).output == injected)
    let restored = try Injector.uninject(injected).output
    #expect(String(decoding: restored, as: UTF8.self) == String(decoding: input, as: UTF8.self))
  }
}
