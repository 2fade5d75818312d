import LosslessJSON

/// A part of a mesh with its place in a file.
protocol Located: Hashable {
  var origin: Origin { get set }
}

extension VirtualNode: Located {}
extension VirtualGateway: Located {}
extension VirtualRouter: Located {}
extension VirtualService: Located {}
extension MeshRoute: Located {}
extension GatewayRoute: Located {}

/// Resources of one kind by name. If two descriptions of a resource differ, one of them must come from
/// App Mesh's API.
struct Collected<Resource: Located> {
  /// The name, after the name of the router or gateway that contains the resource.
  typealias Key = [String]

  private var resources: [Key: (resource: Resource, standing: DescribedResource.Standing)] = [:]

  subscript(name: String) -> Resource? { resources[[name]]?.resource }

  /// The resources sorted by name, regardless of the order of files.
  var all: [(key: Key, resource: Resource)] {
    resources.map { ($0.key, $0.value.resource) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }

  /// - Returns: a warning if the description replaces an older one, or an older one is kept instead.
  mutating func add(
    _ resource: Resource, as key: Key, _ standing: DescribedResource.Standing, _ log: ProblemLog
  ) -> Problem? {
    guard let present = resources[key] else {
      resources[key] = (resource, standing)
      return nil
    }
    let places = [present.resource.origin, resource.origin].sorted()
    var (left, right) = (present.resource, resource)
    left.origin = places[0]
    right.origin = places[0]
    if left == right {
      resources[key] = (left, max(present.standing, standing))
      return nil
    }
    guard present.standing != standing else {
      log.add(
        CollectedRules.twoDescriptions,
        ["name": key[key.count - 1], "file": places[0].file, "line": "\(places[0].line)"],
        at: places[1])
      return nil
    }
    let isNewer = present.standing < standing
    let (older, newer) = isNewer ? (present.resource, resource) : (resource, present.resource)
    if isNewer { resources[key] = (resource, standing) }
    return Problem(
      CollectedRules.newerDescription,
      [
        "name": key[key.count - 1], "file": older.origin.file, "line": "\(older.origin.line)",
      ], at: newer.origin)
  }
}

enum CollectedRules {
  static let all = [newerDescription, twoDescriptions]

  fileprivate static let newerDescription = Rule.warning(
    "mesh-newer-description",
    "'{name}' differs from {file}, line {line}. This description is from App Mesh's API and is used, "
      + "because it is newer.",
    fix: "Bring the template up to date if it is deployed again.")
  fileprivate static let twoDescriptions = Rule.error(
    "mesh-two-descriptions", "'{name}' has a different description in {file}, line {line}.",
    fix: "Give only one description of it.")
}

extension Origin: Comparable {
  public static func < (left: Origin, right: Origin) -> Bool {
    (left.file, left.line, left.pointer) < (right.file, right.line, right.pointer)
  }
}
