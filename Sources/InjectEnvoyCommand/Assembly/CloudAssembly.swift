import LosslessJSON

/// A cloud assembly: the directory that `cdk synth` writes. It has a manifest, the templates of stacks, and
/// for each stack a list of its assets. The templates are assets too, named by the hashes of their content.
/// <https://github.com/aws/aws-cdk-cli/tree/main/packages/@aws-cdk/cloud-assembly-schema>
struct CloudAssembly {
  struct File {
    let path: String
    let bytes: [UInt8]
  }

  struct Template {
    /// The name of the file in the directory.
    let name: String
    let file: File
    /// The hash by which other files name the template; `nil` if it is not an asset.
    let hash: String?
  }

  let manifest: File
  let assetLists: [File]
  let templates: [Template]
  /// The assemblies of stages, each in a directory of its own.
  let stages: [CloudAssembly]

  /// Reads the assembly and those of its stages.
  init(_ directory: String, _ streams: Streams) throws(CommandError) {
    manifest = try Self.read("manifest.json", in: directory, streams)
    let artifacts = try manifest.value()["artifacts"]?.object?.map(\.value) ?? []
    func names(_ type: String, _ property: String) throws(CommandError) -> [String] {
      var names: [String] = []
      for artifact in artifacts where artifact["type"]?.string == type {
        if let name = artifact["properties"]?[property]?.string {
          names.append(try Self.checked(name, in: directory))
        }
      }
      return names
    }
    assetLists = try names("cdk:asset-manifest", "file").mapping { name throws(CommandError) in
      try Self.read(name, in: directory, streams)
    }
    var hashes = try Self.templateHashes(assetLists)
    let stacks = try names("aws:cloudformation:stack", "templateFile")
    for name in stacks where hashes[name] == nil { hashes[name] = .some(nil) }
    templates = try hashes.sorted { $0.key < $1.key }.mapping { entry throws(CommandError) in
      let name = try Self.checked(entry.key, in: directory)
      return Template(
        name: name, file: try Self.read(name, in: directory, streams), hash: entry.value)
    }
    stages = try names("cdk:cloud-assembly", "directoryName").mapping {
      name throws(CommandError) in try CloudAssembly("\(directory)/\(name)", streams)
    }
  }

  /// The hashes of the templates in lists of assets, by the templates' file names.
  private static func templateHashes(_ lists: [File]) throws(CommandError) -> [String: String?] {
    var hashes: [String: String?] = [:]
    for list in lists {
      for asset in try list.value()["files"]?.object ?? [] {
        guard let name = asset.value["source"]?["path"]?.string, isTemplate(name) else { continue }
        let key = Array(asset.name.utf8)
        guard let run = ContentHashes.all(in: key).first else {
          throw .failed(
            "'\(list.path)' names the template '\(name)' by '\(asset.name)', which has no hash.",
            fix: "Inject inside of the CDK app instead, as the documentation of 'cdk' shows.")
        }
        hashes[name] = String(decoding: key[run], as: UTF8.self)
      }
    }
    return hashes
  }

  private static let templateSuffix = ".template.json"

  private static func isTemplate(_ name: String) -> Bool { name.hasSuffix(templateSuffix) }

  /// Whether a file is a template that an assembly in its directory names by its content.
  static func names(_ path: String) -> Bool {
    guard isTemplate(path) else { return false }
    let directory = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let marker = (directory + ["cdk.out"]).joined(separator: "/")
    let stack = path.dropLast(templateSuffix.count)
    return FileBytes.exists("\(stack).assets.json") || FileBytes.exists(marker)
  }

  /// - Throws: if the name is not that of a file or directory in the assembly.
  private static func checked(
    _ name: String, in directory: String
  ) throws(CommandError) -> String {
    guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "/")), name != ".", name != ".." else {
      throw .failed(
        "The cloud assembly '\(directory)' names '\(name)', which is not a file in it.",
        fix: "Run 'cdk synth' again.")
    }
    return name
  }

  private static func read(
    _ name: String, in directory: String, _ streams: Streams
  ) throws(CommandError) -> File {
    let path = "\(directory)/\(name)"
    return File(path: path, bytes: try FileBytes.read(path, streams))
  }
}

extension CloudAssembly.File {
  fileprivate func value() throws(CommandError) -> JSONValue {
    guard let document = try? Document(bytes) else {
      throw .failed("'\(path)' is not JSON.", fix: "Run 'cdk synth' again.")
    }
    return document.value(document.root)
  }
}

extension Sequence {
  /// `map` with a typed error.
  fileprivate func mapping<Image, Failure: Error>(
    _ transform: (Element) throws(Failure) -> Image
  ) throws(Failure) -> [Image] {
    var images: [Image] = []
    for element in self { images.append(try transform(element)) }
    return images
  }
}
