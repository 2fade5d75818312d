/// The files of a cloud assembly that change when its templates do: the templates, those that name them by
/// their hashes, the lists of assets and the manifests.
struct AssemblyChanges {
  /// Changes a template. Hashes in its bytes are new already. The set has the hashes of the templates of
  /// the assembly.
  typealias Transform = (CloudAssembly.File, Set<String>) throws -> [UInt8]

  private(set) var files: [CloudAssembly.File] = []
  private var hashes = ContentHashes()
  /// The templates that were changed, or are about to be.
  private var visited: Set<String> = []
  private var templates: Set<String> = []

  /// Changes stages first, because the template of a pipeline names the assets of its stages.
  mutating func add(
    _ assembly: CloudAssembly, _ transform: Transform
  ) throws {
    for stage in assembly.stages { try add(stage, transform) }
    let named = Dictionary(
      assembly.templates.compactMap { template in template.hash.map { ($0, template) } },
      uniquingKeysWith: { first, _ in first })
    templates.formUnion(named.keys)
    for template in assembly.templates { try add(template, among: named, transform) }
    for file in assembly.assetLists + [assembly.manifest] {
      note(file, hashes.updated(file.bytes))
    }
  }

  /// Changes a template after the nested ones whose hashes it contains.
  private mutating func add(
    _ template: CloudAssembly.Template, among named: [String: CloudAssembly.Template],
    _ transform: Transform
  ) throws {
    let file = template.file
    guard visited.insert(file.path).inserted else { return }
    for run in ContentHashes.all(in: file.bytes) {
      let hash = String(decoding: file.bytes[run], as: UTF8.self)
      if let nested = named[hash] { try add(nested, among: named, transform) }
    }
    let updated = CloudAssembly.File(path: file.path, bytes: hashes.updated(file.bytes))
    let bytes = try transform(updated, templates)
    if let hash = template.hash, bytes != file.bytes {
      let new = SHA256.hexDigest(of: bytes)
      hashes.replace(hash, with: new)
      templates.insert(new)
    }
    note(file, bytes)
  }

  private mutating func note(_ file: CloudAssembly.File, _ bytes: [UInt8]) {
    if bytes != file.bytes { files.append(CloudAssembly.File(path: file.path, bytes: bytes)) }
  }
}
