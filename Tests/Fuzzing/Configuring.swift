import EnvoyInjector
import LawTesting
import LosslessJSON
import TaskDefinitions

@testable import InjectEnvoyCommand

/// A configuration file is rejected with a reason, or a good document is injected with it and obeys the laws.
enum Configuring {
  private static let document = Array(
    """
    {"family": "web", "networkMode": "awsvpc", "cpu": "256", "memory": "1024",
     "containerDefinitions": [
      {"name": "app", "image": "app:1", "portMappings": [{"containerPort": 8080}]}
    ]}

    """.utf8)

  static func check(_ input: [UInt8]) throws {
    for path in ["inject-envoy.yaml", "inject-envoy.json"] {
      do {
        try Injecting.check(document, options(from: input, path))
      } catch let error as Problem {
        let helps = !error.text.description.isEmpty && !error.fix.description.isEmpty
        try Violation.unless(helps, "errors help: \(error)")
      }
    }
  }

  private static func options(from input: [UInt8], _ path: String) throws -> InjectionOptions {
    let file = try ConfigurationFile(input, path: path)
    var options = try CallOptions(reading: file.settings, for: Inject.description)
    try options.resolve(file.settings, for: Inject.description)
    file.apply(to: &options.injection)
    try options.injection.validate(for: .virtualNode)
    return options.injection
  }
}
