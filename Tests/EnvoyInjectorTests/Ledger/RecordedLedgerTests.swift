import Foundation
import LosslessJSON
import Surroundings
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

/// What version 0.1.0 injected can still be taken back: its outputs stand in `Tests/recordings`,
/// of all modes and dialects, each beside what that version's uninject made of it.
@Suite struct RecordedLedgerTests {
  static let folder = Folders.package.appendingPathComponent("Tests/recordings/0.1.0")
  static let injected = Folders.entries(of: folder).map(\.lastPathComponent)
    .filter { $0.contains(".injected.") }

  @Test func thereAreRecordings() { #expect(Self.injected.count >= 15) }

  @Test(arguments: injected) func isTakenBack(_ name: String) throws {
    let plain = name.replacingOccurrences(of: ".injected.", with: ".plain.")
    let bytes = try #require(Folders.bytes(Self.folder.appendingPathComponent(name)))
    let expected = try #require(Folders.bytes(Self.folder.appendingPathComponent(plain)))
    let settings = Folders.package.appendingPathComponent("testdata/patches")
    let patches =
      name.hasPrefix("patches.") ? try GoldenCase(folder: settings).injector().patches : nil
    #expect(name.hasPrefix("patches.") == (patches != nil))
    expectSame(try Injector.uninject(bytes, patches: patches).output, expected, name)
  }
}
