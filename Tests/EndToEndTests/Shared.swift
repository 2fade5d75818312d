import Foundation

/// Files that are no part of this package: in ../shared, or where SHARED_DIR says.
enum Shared {
  static let folder: URL = {
    let beside = URL(filePath: #filePath).appending(path: "../../../../shared").standardized
    let named = ProcessInfo.processInfo.environment["SHARED_DIR"]
    return named.map { URL(filePath: $0) } ?? beside
  }()

  /// The paths in a folder, sorted; none where it is missing.
  static func files(_ name: String) -> [String] {
    let path = folder.appending(path: name).path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.sorted().map { "\(path)/\($0)" }
  }
}
