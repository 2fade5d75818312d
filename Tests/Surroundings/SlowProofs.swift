public import Foundation

/// Proofs that take minutes. They are optional, so that the README's test command stays fast.
public enum SlowProofs {
  public static let howToGet = "a slow proof: set SLOW_PROOFS=1"
  public static let areWanted = ProcessInfo.processInfo.environment["SLOW_PROOFS"] != nil

  /// Every fourth of the files that other people have written; all of them if slow proofs are wanted.
  public static func sample(of files: [URL]) -> [URL] {
    areWanted ? files : stride(from: 0, to: files.count, by: 4).map { files[$0] }
  }
}
