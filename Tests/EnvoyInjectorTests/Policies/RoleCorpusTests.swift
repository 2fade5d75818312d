import Foundation
import Surroundings
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// The laws of roles on real templates, where a collection of them lies beside the package.
@Suite struct RoleCorpusTests {
  static let files =
    (Folders.shared("corpus")?.appendingPathComponent("cfn")).map(Folders.entries) ?? []

  /// App Mesh with a task role's needs; static with an execution role's alone.
  static let options: [InjectionOptions] = {
    var appMesh = InjectionOptions()
    if let node = try? AppMeshResource("mesh/shop/virtualNode/web") {
      appMesh.controlPlane = .appMesh(node)
    }
    appMesh.tracing = .xray
    appMesh.resize = true
    var secret = InjectionOptions()
    secret.secrets = [NamedValue(name: "KEY", value: "/shop/key")]
    secret.resize = true
    return [appMesh, secret]
  }()

  @Test(
    .enabled(if: !files.isEmpty, "no ../shared/corpus, and SHARED_DIR names none"),
    arguments: options)
  func lawsHold(_ options: InjectionOptions) throws {
    var edited = 0
    for file in Self.files {
      let bytes = try #require(Folders.bytes(file))
      let input = (try? Injector.uninject(bytes, foreign: true).output) ?? bytes
      let roles = try RoleLaws(options: options).check(input, file.lastPathComponent)
      edited += roles?.count ?? 0
    }
    #expect(edited > 20, "too few roles are edited to test anything")
  }
}
