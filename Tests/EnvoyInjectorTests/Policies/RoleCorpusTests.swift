import Foundation
import Surroundings
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// Checks the laws of roles on the templates of the sample, and on real ones if a collection of them is
/// next to the package.
@Suite struct RoleCorpusTests {
  private static let files = Folders.documents(in: ["cfn"])

  /// App Mesh, which needs a task role, and static, which only needs an execution role.
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

  @Test(arguments: options)
  func lawsHold(_ options: InjectionOptions) throws {
    var edited = 0
    for file in Self.files {
      let bytes = try #require(Folders.bytes(file))
      let input = (try? Injector.uninject(bytes, foreign: true).output) ?? bytes
      let roles = try RoleLaws(options: options).check(input, file.lastPathComponent)
      edited += roles?.count ?? 0
    }
    #expect(
      edited >= (Folders.shared("corpus") != nil && SlowProofs.areWanted ? 21 : 2),
      "too few roles are edited to test anything")
  }
}
