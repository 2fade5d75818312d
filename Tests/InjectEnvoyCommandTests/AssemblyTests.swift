import CommandTesting
import Foundation
import LosslessJSON
import Surroundings
import Testing

@testable import InjectEnvoyCommand

/// `inject-envoy cdk`, on an assembly in the form that `cdk synth` writes: a stack with a nested one, a
/// stack without a task definition, and a stage.
@Suite struct AssemblyTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try write("", stack: "Shop", stages: ["assembly-Live"])
    try write("assembly-Live/", stack: "LiveShop", stages: [])
    try folder.write("{}", to: "out/asset.0123.json")
  }

  private static func task(_ family: String) -> String {
    """
    {"Resources": {"\(family)": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
     "Family": "\(family)", "NetworkMode": "awsvpc", "ContainerDefinitions": [
      {"Name": "app", "Image": "web:1", "PortMappings": [{"ContainerPort": 8080}]}]}}
    """
  }

  private static func hash(_ text: String) -> String { SHA256.hexDigest(of: Array(text.utf8)) }

  private func write(_ path: String, stack: String, stages: [String]) throws {
    let nested = Self.task(stack + "Orders") + "}}\n"
    let shop = """
      \(Self.task(stack + "Web")), "Inner": {"Type": "AWS::CloudFormation::Stack", "Properties":
       {"TemplateURL": {"Fn::Join": ["", ["https://s3.", "/\(Self.hash(nested)).json"]]}}}}}

      """
    let plain = "{\"Resources\": {\"Topic\": {\"Type\": \"AWS::SNS::Topic\"}}}\n"
    let templates = [("Inner.nested", nested), (stack, shop), ("Network", plain)]
    let assets = templates.map { name, text in
      """
      "\(Self.hash(text))": {"source": {"path": "\(name).template.json", "packaging": "file"},
       "destinations": {"here": {"objectKey": "\(Self.hash(text)).json"}}}
      """
    }
    for (name, text) in templates { try folder.write(text, to: "out/\(path)\(name).template.json") }
    try folder.write(
      "{\"files\": {\(assets.joined(separator: ",\n"))}, \"dockerImages\": {}}",
      to: "out/\(path)\(stack).assets.json")
    let artifacts =
      [(stack, shop), ("Network", plain)].map { name, text in
        """
        "\(name)": {"type": "aws:cloudformation:stack", "properties": {
          "templateFile": "\(name).template.json",
          "stackTemplateAssetObjectUrl": "s3://assets/\(Self.hash(text)).json"}}
        """
      } + [
        """
        "assets": {"type": "cdk:asset-manifest", "properties": {"file": "\(stack).assets.json"}}
        """
      ]
      + stages.map {
        "\"\($0)\": {\"type\": \"cdk:cloud-assembly\", \"properties\": {\"directoryName\": \"\($0)\"}}"
      }
    try folder.write(
      "{\"artifacts\": {\(artifacts.joined(separator: ",\n"))}}\n", to: "out/\(path)manifest.json")
  }

  private var output: String { folder.path("out") }

  private func files() throws -> [String: [UInt8]] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: output)
    return try Dictionary(
      uniqueKeysWithValues: names.filter { !$0.hasSuffix("-Live") }
        .map { ($0, try folder.bytes("out/" + $0)) })
  }

  @Test func correctsTheHashesOfWhatItInjects() throws {
    let before = try files()
    let outcome = try Outcome.ofCommand(["cdk", output])
    #expect(outcome.status == 0, "\(outcome.errors)")
    for family in ["ShopOrders", "ShopWeb", "LiveShopOrders", "LiveShopWeb"] {
      #expect(outcome.errors.contains("\(family): injected ("))
    }
    // The nested templates are injected as well.
    #expect(!outcome.errors.contains("unseen-template"), "\(outcome.errors)")
    let after = try files()
    #expect(after.keys.sorted() == before.keys.sorted())
    for (path, stack) in [("", "Shop"), ("assembly-Live/", "LiveShop")] {
      let list = try folder.text("out/\(path)\(stack).assets.json")
      let manifest = try folder.text("out/\(path)manifest.json")
      let template = try folder.text("out/\(path)\(stack).template.json")
      let nested = try folder.text("out/\(path)Inner.nested.template.json")
      #expect(template.contains("envoy") && nested.contains("envoy"))
      #expect(list.components(separatedBy: Self.hash(template)).count == 3)
      #expect(list.components(separatedBy: Self.hash(nested)).count == 3)
      #expect(template.contains("/\(Self.hash(nested)).json"))
      #expect(manifest.contains("s3://assets/\(Self.hash(template)).json"))
      #expect(after["\(path)Network.template.json"] == before["\(path)Network.template.json"])
    }
    #expect(after["asset.0123.json"] == before["asset.0123.json"])
    // Once more: nothing changes.
    #expect(try Outcome.ofCommand(["cdk", output]).status == 0)
    #expect(try files() == after)
    // Other options make other templates, and so other hashes.
    #expect(try Outcome.ofCommand(["cdk", "--admin-port", "9999", output]).status == 0)
    let again = try folder.text("out/Shop.template.json")
    #expect(try folder.text("out/manifest.json").contains(Self.hash(again)))
    #expect(
      Self.hash(again)
        != Self.hash(String(decoding: after["Shop.template.json"] ?? [], as: UTF8.self)))
  }

  @Test func writesNothingIfATemplateIsRefused() throws {
    let name = "out/assembly-Live/Inner.nested.template.json"
    try folder.write(folder.text(name).replacing("awsvpc", with: "bridge"), to: name)
    let before = try files()
    let outcome = try Outcome.ofCommand(["cdk", output])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("[not-awsvpc]") && !outcome.errors.contains(": injected"))
    #expect(outcome.errors.contains("Nothing is written to '\(output)'."))
    #expect(try files() == before)
  }

  /// As when a file system forbids the last of the files.
  @Test func writesNothingIfAFileCannotBeReplaced() throws {
    let before = try files()
    try FileManager.default.removeItem(atPath: output + "/manifest.json")
    let manifest = try folder.write(before["manifest.json"] ?? [], to: "pipe.json")
    let pipe = output + "/manifest.json"
    #expect(mkfifo(pipe, 0o600) == 0)
    let writer = Program(path: "/bin/sh").process(["-c", "cat \"$0\" > \"$1\"", manifest, pipe])
    try writer.start()
    let outcome = try Outcome.ofCommand(["cdk", output])
    writer.waitUntilExit()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("it is not a regular file"), "\(outcome.errors)")
    try FileManager.default.removeItem(atPath: pipe)
    try folder.write(before["manifest.json"] ?? [], to: "out/manifest.json")
    #expect(try files() == before)
  }

  @Test(arguments: ["../Shop", "/etc/x", "a/b", ".."])
  func readsNothingOutsideOfTheAssembly(_ name: String) throws {
    let list = try folder.text("out/manifest.json")
    let property =
      name == ".." ? "\"directoryName\": \"assembly-Live\"" : "\"templateFile\": \"Shop"
    let other = name == ".." ? "\"directoryName\": \"..\"" : "\"templateFile\": \"\(name)"
    try folder.write(list.replacing(property, with: other), to: "out/manifest.json")
    let outcome = try Outcome.ofCommand(["cdk", output])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("which is not a file in it"), "\(outcome.errors)")
  }

  @Test(arguments: [[], ["a", "b"], ["-"]]) func needsOneDirectory(_ words: [String]) throws {
    #expect(try Outcome.ofCommand(["cdk"] + words).status == 64)
    #expect(try Outcome.ofCommand(["cdk", folder.path("none")]).status == 1)
  }

  @Test func inPlaceWarnsOfTheHash() throws {
    let file = output + "/Shop.template.json"
    let outcome = try Outcome.ofCommand(["-i", file])
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("\(file): warning: The file is an asset of a cloud assembly"))
    #expect(!(try Outcome.ofCommand(["-i", file]).errors.contains("cloud assembly")))
    let alone = try folder.write(Self.task("a") + "}}", to: "a.template.json")
    #expect(!(try Outcome.ofCommand(["-i", alone]).errors.contains("warning")))
  }

  @Test func digestsAreThoseOfPython() throws {
    let script = "import hashlib; [print(hashlib.sha256(b'a' * n).hexdigest()) for n in range(200)]"
    let digests = try Python.run(script, input: "").split(separator: "\n").map(String.init)
    let ours = (0..<200).map { SHA256.hexDigest(of: [UInt8](repeating: 0x61, count: $0)) }
    #expect(digests == ours)
  }
}
