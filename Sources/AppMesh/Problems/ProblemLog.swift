internal import LosslessJSON

/// Collects the problems of a mesh's description during reading.
final class ProblemLog {
  private var found: [Entry] = []
  private var seen: Set<Problem> = []
  /// Indices of the entries for unresolved values.
  private var firsts: [Problem: Int] = [:]

  private struct Entry {
    var problem: Problem
    /// The reason why a value is unresolved, and the name of the member that needs it.
    var unresolved: (reason: Problem, name: String)?
    /// How many more places need the unresolved value.
    var repetitions = 0
  }

  var isEmpty: Bool { found.isEmpty }

  var problems: [Problem] {
    found.map { entry in
      guard let (reason, name) = entry.unresolved, entry.repetitions > 0 else {
        return entry.problem
      }
      let count = entry.repetitions
      let places = ", here and in " + (count == 1 ? "one more place" : "\(count) more places")
      return Self.unresolved(name, reason, places: places, at: entry.problem.place)
    }
  }

  func add(_ problem: Problem) {
    if seen.insert(problem).inserted { found.append(Entry(problem: problem)) }
  }

  func add(
    _ rule: Rule, _ values: KeyValuePairs<String, String> = [:], fix: Wording? = nil,
    at origin: Origin? = nil
  ) {
    add(Problem(rule, values, fix: fix, at: origin?.place))
  }

  /// Reports an unresolved value once, at the first place that needs it.
  ///
  /// - Parameters:
  /// - reason: the reason why it is unresolved.
  ///   - name: the member that needs it, in quotes.
  func add(unresolved reason: Problem, needed name: String, at origin: Origin) {
    if let first = firsts[reason] {
      found[first].repetitions += 1
      return
    }
    firsts[reason] = found.count
    found.append(
      Entry(
        problem: Self.unresolved(name, reason, places: "", at: origin.place),
        unresolved: (reason, name)))
  }

  func check() throws(MeshError) {
    if !found.isEmpty { throw MeshError(problems) }
  }

  private static func unresolved(
    _ name: String, _ reason: Problem, places: String, at place: Place?
  ) -> Problem {
    Problem(
      unresolvedValue,
      ["name": name, "places": places, "reason": reason.text.description], fix: reason.fix,
      at: place)
  }

  static let rules = [unresolvedValue]

  private static let unresolvedValue = Rule.error(
    "unresolved-value", "{name} cannot be evaluated{places}. {reason}",
    fix: "Replace the function with its value.")
}
