import CommandTesting
import Foundation
import LosslessJSON
import Surroundings
import Testing

/// `inject-envoy cdk`, and the recipe of the article "CDK", on templates that `aws-cdk-lib` synthesizes.
@Suite(.enabled(if: CDKParts.areWanted, CDKParts.howToGet)) struct CDKTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func synthesize(_ arguments: [String]) throws -> Outcome {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("cdk_app.py").path
    let command = URL(fileURLWithPath: Program.injectEnvoy.path).deletingLastPathComponent().path
    return try #require(CDKParts.python, CDKParts.howToGet).run(
      [script, folder.path("cdk.out")] + arguments,
      environment: [
        "PATH": "\(command):\(Program.searchPath)", "HOME": folder.path,
        "PYTHONDONTWRITEBYTECODE": "1",
      ], in: folder.path)
  }

  /// Each list of assets names the templates by the hashes of their content, which parents and
  /// manifests name as well.
  private func checkHashes(of templates: [String], in directory: String, _ list: String) throws {
    let directory = "cdk.out/" + directory
    let manifest = try folder.text(directory + "manifest.json")
    let assets = try folder.text(directory + list)
    for template in templates {
      let text = try folder.text(directory + template)
      #expect(text.contains("envoyproxy/envoy:"), "\(template)")
      let sum = try #require(Program(named: "sha256sum")).run([folder.path(directory + template)])
      let hash = String(sum.output.prefix(64))
      #expect(assets.contains("\"\(hash)\": {") && assets.contains("\"\(hash).json\""))
      let users = template.contains(".nested.") ? templates.map { directory + $0 } : []
      let texts = try [manifest] + users.map { try folder.text($0) }
      #expect(texts.contains { $0.contains("/\(hash).json") }, "\(template)")
    }
  }

  @Test(.timeLimit(.minutes(15))) func injectsARealAssembly() throws {
    let made = try synthesize([])
    try #require(made.status == 0, "\(made.errors)")
    let names = try folder.names(in: "cdk.out")
    let network = try folder.bytes("cdk.out/Network.template.json")
    let outcome = try Program.injectEnvoy.run(["cdk", "cdk.out"], in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    #expect(try folder.names(in: "cdk.out") == names)
    #expect(try folder.bytes("cdk.out/Network.template.json") == network)
    for directory in ["", "assembly-Beta/", "assembly-Live/"] {
      let all = names.filter { $0.hasPrefix(directory) && (directory != "" || !$0.contains("/")) }
        .map { String($0.dropFirst(directory.count)) }
      let templates = all.filter { $0.hasSuffix(".template.json") && !$0.hasPrefix("Network") }
      let list = try #require(
        all.first { $0.hasSuffix(".assets.json") && !$0.hasPrefix("Network") })
      #expect(templates.count == 2)
      try checkHashes(of: templates, in: directory, list)
    }
    let lint = try #require(Program(named: "cfn-lint")).run(
      ["--", folder.path("cdk.out/Shop.template.json")])
    #expect(!lint.output.contains("\nE"), "\(lint.output)")
    #expect(
      try Program.injectEnvoy.run(["cdk", "cdk.out"], in: folder.path).errors.contains("up to date")
    )
  }

  /// The function of the article makes what the command makes.
  @Test(.timeLimit(.minutes(15))) func theRecipeMakesTheSameTemplates() throws {
    let article = try Folders.text(
      Folders.package.appendingPathComponent("Sources/EnvoyInjector/EnvoyInjector.docc/CDK.md"))
    let recipe = try #require(ConsoleExample.blocks("python", in: article).first)
    try folder.write(recipe.joined(separator: "\n"), to: "recipe.py")
    let made = try synthesize(["flat", folder.path])
    try #require(made.status == 0, "\(made.errors)")
    for (directory, name) in [("", "Shop"), ("assembly-Beta/", "BetaShop")] {
      let names = try folder.names(in: "cdk.out/" + directory)
      let file = try #require(
        names.first { $0.hasPrefix(name) && $0.hasSuffix(".template.json") })
      let list = try #require(names.first { $0.hasPrefix(name) && $0.hasSuffix(".assets.json") })
      try checkHashes(of: [file], in: directory, list)
      let check = try Program.injectEnvoy.run(
        ["check", "--fail-on", "change", "cdk.out/\(directory)\(file)"], in: folder.path)
      #expect(check.status == 0, "\(check.output)")
    }
    let nested = try synthesize(["nested", folder.path])
    #expect(nested.status != 0)
    #expect(nested.errors.contains("is a nested stack: use 'inject-envoy cdk'"), "\(nested.errors)")
  }
}

extension TemporaryFolder {
  /// The files below a folder.
  fileprivate func names(in name: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path(name)).sorted()
  }
}

/// Python with `aws-cdk-lib`, which runs Node.js.
private enum CDKParts {
  static let howToGet: Comment =
    "a slow proof: set SLOW_PROOFS=1; it needs aws-cdk-lib and Node.js: Tests/install-tools.sh"
  static let python = ["/opt/inject-envoy-tools/slow/bin/python3"]
    .first(where: FileManager.default.isExecutableFile).map { Program(path: $0) }
  static let areWanted =
    SlowProofs.areWanted && (python != nil || RealParts.isCI)
}
