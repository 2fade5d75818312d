import LawTesting
import LosslessJSON
import TaskDefinitions

@testable import EnvoyInjector

/// Injection, and every other command that reads the same documents.
enum Injecting {
  static func check(_ input: [UInt8], _ options: InjectionOptions = InjectionOptions()) throws {
    let injector = Injector(options)
    try Laws(injector: injector).check(input)
    _ = injector.check(input)
    _ = try? injector.policies(for: input)
    _ = try? Injector.uninject(input, foreign: true)
    _ = TaskDiagram(input)
  }

  /// The first half of the bytes chooses the document. The second half chooses the options: first the
  /// library's, then a command line.
  static func checkChosen(_ input: [UInt8]) throws {
    var forDocument = Seed(choices: input[..<(input.count / 2)])
    var forOptions = Seed(choices: input[(input.count / 2)...])
    var definition = RandomTaskDefinition(&forDocument)
    var text = RandomJSONText(&forOptions)
    var others = RandomOptions(&forOptions)
    let document = text.document(definition.make())
    let random = try others.make()
    try check(document, random)
    guard var options = try ChosenOptions.make(&forOptions) else { return }
    options.envoyContainer = random.envoyContainer
    options.tracingContainer = random.tracingContainer
    options.patches = random.patches
    try check(document, options)
  }
}
