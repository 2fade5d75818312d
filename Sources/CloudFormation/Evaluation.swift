internal import LosslessJSON
internal import Synchronization

/// The results and the cost of evaluating one template.
///
/// Every reference and condition is evaluated once. The cost is limited, because a few lines of a
/// template can describe exponentially large values.
final class Evaluation: Sendable {
  /// A text this long is not a value of any resource: a template body has at most 1 MB.
  /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>
  static let maximumTextBytes = 1 << 20
  /// Evaluated functions and 64-byte pieces of text. Large templates need some 100,000.
  static let maximumSteps = 5_000_000
  private static let bytesPerStep = 64

  private struct State {
    var steps = 0
    var values: [String: Result<JSONValue, Problem>] = [:]
  }

  private let state = Mutex(State())

  /// Steps so far.
  var steps: Int { state.withLock { $0.steps } }

  /// Counts one function and the text that it returns.
  func count(_ function: String, bytes: Int = 0) throws(Problem) {
    guard bytes <= Self.maximumTextBytes else {
      throw Problem(
        UnresolvedValue.size, ["function": function, "limit": "\(Self.maximumTextBytes)"])
    }
    let steps = state.withLock { state in
      state.steps += 1 + bytes / Self.bytesPerStep
      return state.steps
    }
    guard steps <= Self.maximumSteps else {
      throw Problem(UnresolvedValue.work, ["limit": "\(Self.maximumSteps)"])
    }
  }

  /// The value of a reference or condition, which is evaluated at its first use.
  func value(
    _ key: String, _ evaluate: () throws(Problem) -> JSONValue
  ) throws(Problem) -> JSONValue {
    if let known = state.withLock({ $0.values[key] }) { return try known.get() }
    let result: Result<JSONValue, Problem>
    do throws(Problem) {
      result = .success(try evaluate())
    } catch {
      // How deep a value is nested depends on where the evaluation began.
      guard error.rule != UnresolvedValue.nesting else { throw error }
      result = .failure(error)
    }
    state.withLock { $0.values[key] = result }
    return try result.get()
  }
}
