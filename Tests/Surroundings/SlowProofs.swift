import Foundation

/// Proofs that take minutes. They are optional, so that the README's test command stays fast.
public enum SlowProofs {
  public static let howToGet = "a slow proof: set SLOW_PROOFS=1"
  public static let areWanted = ProcessInfo.processInfo.environment["SLOW_PROOFS"] != nil

  /// Some of many cases, such as the files that other people have written; all of them if slow proofs are wanted.
  ///
  /// - Parameter step: 5 takes every fifth case.
  public static func sample<Case>(of cases: [Case], every step: Int = 5) -> [Case] {
    areWanted ? cases : stride(from: 0, to: cases.count, by: step).map { cases[$0] }
  }

  /// Some of the numbers below a limit.
  public static func sample(upTo limit: Int, every step: Int = 5) -> [Int] {
    sample(of: Array(0..<limit), every: step)
  }
}
