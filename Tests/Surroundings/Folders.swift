public import Foundation

/// The folders of files that tests read.
public enum Folders {
  public static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  public static let testdata = package.appendingPathComponent("testdata")

  /// Documents that are similar to real ones, with a folder for each dialect. They are part of this
  /// package.
  public static let sample = testdata.appendingPathComponent("corpus")

  /// The documents in some folders of the sample, and some or all of ../shared/corpus if it exists.
  public static func documents(in folders: [String]) -> [URL] {
    func documents(in root: URL?) -> [URL] {
      folders.flatMap { entries(of: root?.appendingPathComponent($0)) }
    }
    return documents(in: sample) + SlowProofs.sample(of: documents(in: shared("corpus")), every: 10)
  }

  /// A folder that is not part of this package but next to it, or in the folder that SHARED_DIR names. `nil` if
  /// there is none.
  public static func shared(_ name: String) -> URL? {
    let beside = package.deletingLastPathComponent().appendingPathComponent("shared").path
    let named = ProcessInfo.processInfo.environment["SHARED_DIR"]
    return [named, beside].compactMap { $0 }
      .map { URL(fileURLWithPath: $0).appendingPathComponent(name) }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// The files and folders in a folder, sorted by name, without hidden ones.
  public static func entries(of folder: URL?) -> [URL] {
    guard let folder else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().map { folder.appendingPathComponent($0) }
  }

  public static func bytes(_ file: URL) -> [UInt8]? {
    (try? Data(contentsOf: file)).map { Array($0) }
  }

  public static func text(_ file: URL) throws -> String {
    String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
