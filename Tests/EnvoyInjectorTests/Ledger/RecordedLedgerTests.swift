import Foundation
import LosslessJSON
import Surroundings
import TaskDefinitions
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

/// Injections by version 0.1.0 can still be undone. Its outputs are in `Tests/recordings`, in all modes and
/// dialects, each with the output of that version's uninject.
@Suite struct RecordedLedgerTests {
  static let folder = Folders.package.appendingPathComponent("Tests/recordings/0.1.0")
  static let injected = Folders.entries(of: folder).map(\.lastPathComponent)
    .filter { $0.contains(".injected.") }

  @Test func thereAreRecordings() { #expect(Self.injected.count >= 15) }

  @Test(arguments: injected) func isTakenBack(_ name: String) throws {
    let plain = name.replacingOccurrences(of: ".injected.", with: ".plain.")
    let (bytes, expected) = (try bytes(name), try bytes(plain))
    let settings = Folders.package.appendingPathComponent("testdata/patches")
    let patches =
      name.hasPrefix("patches.") ? try GoldenCase(folder: settings).injector().patches : nil
    #expect(name.hasPrefix("patches.") == (patches != nil))
    expectSame(try Injector.uninject(bytes, patches: patches).output, expected, name)
  }

  /// One task of a template is injected again, and the others keep what version 0.1.0 wrote.
  @Test(arguments: ["template-roles.injected.json", "template-roles-yaml.injected.yaml"])
  func standsBesideANewOne(_ name: String) throws {
    let plain = try bytes(name.replacingOccurrences(of: ".injected.", with: ".plain."))
    let recorded = try bytes(name)
    let tasks = try OpenedDocument(recorded).places.compactMap(\.resource)
    #expect(tasks.count > 1)
    for task in tasks {
      var options = InjectionOptions()
      options.resources = [task]
      options.tracing = .xray
      let injector = Injector(options)
      let upgraded = try injector.inject(recorded).output
      expectSame(try injector.inject(upgraded).output, upgraded, "\(task), twice")
      expectSame(try Injector.uninject(upgraded).output, plain, "\(task), there and back")
      var opened = try OpenedDocument(recorded, resources: [task])
      #expect(try opened.takeBack())
      let others = opened.rendered(opened.task.document)
      expectSame(try injector.inject(others).output, upgraded, "\(task), beside others")
      expectSame(try Injector.uninject(others).output, plain, "\(task), taken back first")
    }
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    try #require(Folders.bytes(Self.folder.appendingPathComponent(name)))
  }
}
