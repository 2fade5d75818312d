import CloudFormation

/// Why no mesh was read: everything that is wrong with its description.
public struct MeshError: Error, Hashable, CustomStringConvertible {
  public struct Problem: Hashable, Sendable, CustomStringConvertible {
    /// `nil`: it stands in no file.
    public let origin: Origin?
    /// What is wrong and what follows: one clause without a full stop.
    public let message: String
    /// How to fix it, as an imperative without a full stop.
    public let fix: String

    public var description: String {
      guard let origin else { return "\(message); \(fix)" }
      let pointer = origin.pointer.isEmpty ? "" : "\(origin.pointer): "
      return "\(origin.file):\(origin.line): \(pointer)\(message); \(fix)"
    }
  }

  /// In the order of the files.
  public let problems: [Problem]

  public var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}

/// The problems that were found up to now.
final class ProblemLog {
  private var found: [MeshError.Problem] = []
  /// How often more a value that is not known is needed than where that was said.
  private var repetitions: [MeshError.Problem: Int] = [:]
  private var firsts: [Unresolved: MeshError.Problem] = [:]

  var problems: [MeshError.Problem] {
    found.map { problem in
      guard let count = repetitions[problem], count > 0 else { return problem }
      let places = count == 1 ? "one more place" : "\(count) more places"
      return MeshError.Problem(
        origin: problem.origin, message: "\(problem.message) (needed in \(places))",
        fix: problem.fix)
    }
  }

  func add(_ message: String, fix: String, at origin: Origin? = nil) {
    let problem = MeshError.Problem(origin: origin, message: message, fix: fix)
    if !found.contains(problem) { found.append(problem) }
  }

  /// Says once what is not known, where it is needed first.
  func add(_ unresolved: Unresolved, needed name: String, at origin: Origin) {
    if let first = firsts[unresolved] {
      repetitions[first, default: 0] += 1
      return
    }
    let problem = MeshError.Problem(
      origin: origin, message: "\(name) can't be found out: \(unresolved.message)",
      fix: unresolved.fix)
    firsts[unresolved] = problem
    found.append(problem)
  }

  func check() throws(MeshError) {
    if !found.isEmpty { throw MeshError(problems: problems) }
  }
}
