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

/// Resources of one kind by name. Two descriptions of one resource must be equal.
struct Collected<Resource: Located> {
  /// The name, after the name of the router or gateway that contains the resource.
  typealias Key = [String]

  private var resources: [Key: Resource] = [:]

  subscript(name: String) -> Resource? { resources[[name]] }

  /// In the order of names, whatever the order of files.
  var all: [(key: Key, resource: Resource)] {
    resources.map { ($0.key, $0.value) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }

  mutating func add(_ resource: Resource, as key: Key, _ log: ProblemLog) {
    guard let present = resources[key] else {
      resources[key] = resource
      return
    }
    let places = [present.origin, resource.origin].sorted()
    var (left, right) = (present, resource)
    left.origin = places[0]
    right.origin = places[0]
    guard left == right else {
      return log.add(
        CollectedRules.twoDescriptions,
        ["name": key[key.count - 1], "file": places[0].file, "line": "\(places[0].line)"],
        at: places[1])
    }
    resources[key] = left
  }
}

enum CollectedRules {
  static let all = [twoDescriptions]

  fileprivate static let twoDescriptions = Rule.error(
    "mesh-two-descriptions", "'{name}' has a different description in {file}, line {line}.",
    fix: "Give only one description of it.")
}

extension Origin: Comparable {
  public static func < (left: Origin, right: Origin) -> Bool {
    (left.file, left.line, left.pointer) < (right.file, right.line, right.pointer)
  }
}
