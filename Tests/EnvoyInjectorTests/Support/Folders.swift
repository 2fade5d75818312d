import Foundation

/// Where the package's own files are, wherever the tests run.
enum Folders {
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let testdata = package.appendingPathComponent("testdata")

  /// Real task definitions from public repositories.
  static let corpus = shared("corpus")
  /// The ECS Workshop's task definitions, before and after its steps.
  static let workshop = shared("workshop/taskdefs")

  /// A folder that is not part of this package: beside it, or where SHARED_DIR says.
  private static func shared(_ name: String) -> URL? {
    let beside = package.deletingLastPathComponent().appendingPathComponent("shared").path
    let named = ProcessInfo.processInfo.environment["SHARED_DIR"]
    return [beside, named].compactMap { $0 }
      .map { URL(fileURLWithPath: $0).appendingPathComponent(name) }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// The files or folders in a folder, by name.
  static func entries(of folder: URL) -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().map(folder.appendingPathComponent)
  }

  static func bytes(_ file: URL) -> [UInt8]? { (try? Data(contentsOf: file)).map { Array($0) } }
}
