import Foundation
import Testing

/// Where files are that tests read.
enum Folders {
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let testdata = package.appendingPathComponent("testdata")

  /// Files that are no part of this package: beside it, or where SHARED_DIR says. `nil`: not there.
  static func shared(_ name: String) -> URL? {
    let beside = package.deletingLastPathComponent().appendingPathComponent("shared").path
    let named = ProcessInfo.processInfo.environment["SHARED_DIR"]
    return [named, beside].compactMap { $0 }
      .map { URL(fileURLWithPath: $0).appendingPathComponent(name) }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// The paths in a folder, sorted.
  static func entries(of folder: URL?) -> [URL] {
    guard let folder else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { folder.appendingPathComponent($0) }
  }

  static func text(_ url: URL) throws -> String {
    String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips where the files are missing, on CI too: they are no part of this package.
  static func needsShared(_ name: String) -> Self {
    .enabled(
      if: Folders.shared(name) != nil,
      "no folder '\(name)' in ../shared or where SHARED_DIR says")
  }
}
