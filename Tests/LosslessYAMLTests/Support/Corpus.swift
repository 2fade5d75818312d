import Foundation
import Surroundings
import Testing

/// YAML files of the sample, and files of other authors if they are next to the package, because we may not
/// publish them.
enum Corpus {
  struct File: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]

    var testDescription: String { name }
  }

  static let files = files([".yaml", ".yml"])
  static let jsonFiles = files([".json"])

  private static func files(_ endings: [String]) -> [File] {
    let shared = files(endings, in: [Folders.shared("corpus/cfn"), Folders.shared("meshes")])
    return files(endings, in: [Folders.sample.appendingPathComponent("cfn")])
      + SlowProofs.sample(of: shared)
  }

  private static func files(_ endings: [String], in folders: [URL?]) -> [File] {
    folders.compactMap { $0 }.flatMap { folder -> [File] in
      let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
      return paths.sorted().filter { path in endings.contains { path.hasSuffix($0) } }
        .compactMap { path in
          Folders.bytes(folder.appendingPathComponent(path)).map { File(name: path, bytes: $0) }
        }
    }
  }
}
