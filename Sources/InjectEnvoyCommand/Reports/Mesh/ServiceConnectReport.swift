import AppMesh
import LosslessJSON
import ServiceConnect

/// Reports which services of a mesh can move to Service Connect, and their losses.
struct ServiceConnectReport {
  private let plan: ServiceConnectPlan
  /// Warnings about the description, which may not contain the whole mesh.
  private let remarks: [Problem]

  init(_ compiled: CompiledMesh) {
    plan = ServiceConnectPlan(compiled.mesh, defaults: compiled.defaults)
    let rules = Set(MeshRules.ofReading.map(\.code))
    remarks = compiled.problems.filter { $0.severity == .warning && rules.contains($0.code) }
  }

  /// For people.
  var text: String {
    let namespace = plan.namespace.map { "namespace \($0)" } ?? "namespace not known"
    let lines =
      ["mesh \(plan.mesh): \(namespace)"] + plan.services.map(line)
      + (plan.losses.isEmpty ? ["nothing is lost"] : ["lost:"]) + groups.flatMap(lines)
      + (remarks.isEmpty ? [] : ["of the description:"]) + remarks.flatMap(lines)
      + ["not in the mesh, so look at the services:"]
      + ServiceConnectPlan.unseen.map { "  " + $0 } + [verdict]
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(of service: ConvertedService) -> String {
    let concerning = plan.losses.filter { $0.nodes.contains(service.virtualNode) }
    let counts = Loss.Level.allCases.compactMap { level -> String? in
      let count = concerning.count { $0.level == level }
      guard count > 0 else { return nil }
      return "\(count) \(level.rawValue)\(count == 1 ? "" : "s")"
    }
    let verdict = service.canMove ? "can move" : "stays with Envoy"
    return "service \(service.virtualNode): \(verdict)"
      + (counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))")
  }

  private var verdict: String {
    let count = plan.services.count { $0.canMove }
    return "\(count) of \(plan.services.count) services can move to Service Connect."
  }

  private func lines(of group: [Loss]) -> [String] {
    guard let first = group.first else { return [] }
    return lines(first.problem, level: first.level.rawValue, also: group.dropFirst())
  }

  private func lines(of remark: Problem) -> [String] {
    lines(remark, level: remark.severity.rawValue, also: [])
  }

  private func lines(
    _ problem: Problem, level: String, also others: ArraySlice<Loss>
  ) -> [String] {
    let message = Message(problem)
    let place = message.ownPlace.map { $0 + ": " } ?? ""
    let places = others.map { loss in
      loss.nodes.joined(separator: ", ")
        + (Message(loss.problem).ownPlace.map { " (\($0))" } ?? "")
    }
    return ["  \(place)\(level): \(message.coded)"]
      + (places.isEmpty ? [] : ["    also: \(places.joined(separator: ", "))"])
      + ["    fix: \(message.fix)"]
  }

  /// The losses. Warnings of the same kind form a group, and so do notes.
  private var groups: [[Loss]] {
    var groups: [[Loss]] = []
    var indices: [Loss.Kind: Int] = [:]
    for loss in plan.losses {
      if loss.level != .error, let index = indices[loss.kind] {
        groups[index].append(loss)
      } else {
        indices[loss.kind] = groups.count
        groups.append([loss])
      }
    }
    return groups
  }

  /// For programs.
  var value: JSONValue {
    [
      "mesh": .string(plan.mesh),
      "namespace": plan.namespace.map(JSONValue.string) ?? .null,
      "services": .array(plan.services.map(Self.value)),
      "losses": .array(plan.losses.map(Self.value)),
      "description": .array(remarks.map { .object(Self.members($0, $0.severity.rawValue)) }),
      "notInMesh": .array(ServiceConnectPlan.unseen.map(JSONValue.string)),
    ]
  }

  private static func value(of service: ConvertedService) -> JSONValue {
    [
      "virtualNode": .string(service.virtualNode), "canMove": .bool(service.canMove),
      "portMappings": .array(service.portMappings),
      "serviceConnectConfiguration": service.configuration,
    ]
  }

  private static func value(of loss: Loss) -> JSONValue {
    .object(
      members(loss.problem, loss.level.rawValue) + [
        .init("fields", .array(loss.fields.map { .string($0.description) })),
        .init("for", .array(loss.nodes.map(JSONValue.string))),
      ])
  }

  private static func members(_ problem: Problem, _ level: String) -> [JSONValue.Member] {
    let message = Message(problem)
    return [
      .init("code", .string(problem.code)), .init("severity", .string(level)),
      .init("message", .string(message.text)), .init("fix", .string(message.fix)),
      .init("file", problem.place?.file.map(JSONValue.string) ?? .null),
      .init("line", .integer(message.line)), .init("pointer", .string(problem.pointer.description)),
    ]
  }
}
