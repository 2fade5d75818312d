import Foundation
import Testing

/// YAML files of other people, kept beside the package because they are not ours to publish.
enum Corpus {
  struct File: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]

    var testDescription: String { name }
  }

  /// Empty where the folder is missing.
  static let files = files(in: ["corpus/cfn", "meshes"], [".yaml", ".yml"])
  static let jsonFiles = files(in: ["corpus/cfn"], [".json"])

  private static func files(in folders: [String], _ endings: [String]) -> [File] {
    folders.map { shared.appending(path: $0) }.flatMap { folder -> [File] in
      let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
      return paths.sorted().filter { path in endings.contains { path.hasSuffix($0) } }.compactMap {
        guard let data = try? Data(contentsOf: folder.appending(path: $0)) else { return nil }
        return File(name: $0, bytes: Array(data))
      }
    }
  }

  static let absence: Comment =
    "there is no folder ../shared beside the package (or SHARED_DIR), or Python has no PyYAML"

  private static let shared: URL = {
    if let path = ProcessInfo.processInfo.environment["SHARED_DIR"] { return URL(filePath: path) }
    let package = URL(filePath: #filePath).appending(path: "../../../..").standardized
    return package.appending(path: "../shared").standardized
  }()
}
