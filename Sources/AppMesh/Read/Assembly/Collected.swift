/// Something that stands in a file.
protocol Located: Hashable {
  var origin: Origin { get set }
}

extension VirtualNode: Located {}
extension VirtualGateway: Located {}
extension VirtualRouter: Located {}
extension VirtualService: Located {}
extension MeshRoute: Located {}
extension GatewayRoute: Located {}

/// Resources of one kind by name. Two descriptions of one resource have to say the same.
struct Collected<Resource: Located> {
  /// A name, with that of the router or gateway in front where a resource stands in one.
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
        "'\(key[key.count - 1])' is described otherwise in \(places[0].file), "
          + "line \(places[0].line)",
        fix: "give one description of it", at: places[1])
    }
    resources[key] = left
  }
}

extension Origin: Comparable {
  public static func < (left: Origin, right: Origin) -> Bool {
    (left.file, left.line, left.pointer) < (right.file, right.line, right.pointer)
  }
}
