import Foundation

/// Proofs that take minutes. They are optional, so that the README's test command stays fast.
public enum SlowProofs {
  public static let howToGet = "a slow proof: set SLOW_PROOFS=1"
  public static let areWanted = ProcessInfo.processInfo.environment["SLOW_PROOFS"] != nil

  /// Every fifth of many cases, such as the files that other people have written; all of them if slow proofs
  /// are wanted.
  public static func sample<Case>(of cases: [Case]) -> [Case] {
    areWanted ? cases : stride(from: 0, to: cases.count, by: 5).map { cases[$0] }
  }

  /// Every fifth of the numbers below a limit.
  public static func sample(upTo limit: Int) -> [Int] { sample(of: Array(0..<limit)) }
}
