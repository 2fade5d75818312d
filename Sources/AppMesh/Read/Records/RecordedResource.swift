import LosslessJSON

/// A resource as an AWS service recorded it: a CloudTrail event, or an AWS Config item.
struct RecordedResource {
  let kind: MeshResourceKind
  /// The time in ISO 8601, which can be compared as text.
  let time: String
  let value: SpecValue

  /// The last record of each resource.
  static func newest(_ records: [RecordedResource]) -> [RecordedResource] {
    var newest: [[String]: RecordedResource] = [:]
    for record in records {
      let names = [MeshResourceKind.mesh, record.kind.parent, record.kind].map { kind in
        kind.flatMap { record.value[$0.nameKey]?.text } ?? ""
      }
      let key = [record.kind.rawValue] + names
      if let known = newest[key], known.time > record.time { continue }
      newest[key] = record
    }
    return newest.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }
}

extension RecordedResource {
  /// The events of CloudTrail in log files (`Records`), in the output of `lookup-events` (`Events`), or in a
  /// single event.
  ///
  /// - Returns: `nil` if the document does not contain events.
  static func events(in root: NodeID, of source: SourceDocument) -> [RecordedResource]? {
    let document = source.document
    if document.member("eventName", of: root) != nil {
      return [RecordedResource(event: root, of: source)].compactMap(\.self)
    }
    if let records = document.member("Records", of: root) {
      return document.elements(of: records).compactMap { Self(event: $0, of: source) }
    }
    guard let events = document.member("Events", of: root) else { return nil }
    return document.elements(of: events).compactMap { event in
      guard let embedded = document.member("CloudTrailEvent", of: event),
        let inner = source.embedded(embedded)
      else { return nil }
      return Self(event: inner.document.root, of: inner)
    }
  }

  /// A successful `Create…` or `Update…` call. `nil` for other events.
  private init?(event: NodeID, of source: SourceDocument) {
    let document = source.document
    func text(_ name: String) -> String? {
      document.member(name, of: event).flatMap { document.string($0) }
    }
    guard text("eventSource") == "appmesh.amazonaws.com", text("errorCode") == nil,
      let name = text("eventName"),
      let prefix = ["Create", "Update"].first(where: { name.hasPrefix($0) }),
      let kind = MeshResourceKind.allCases.first(where: {
        $0.typeName == name.dropFirst(prefix.count)
      }),
      let parameters = document.member("requestParameters", of: event),
      let value = source.value(at: parameters, nil)
    else { return nil }
    self.init(kind: kind, time: text("eventTime") ?? "", value: value)
  }

  /// The items of AWS Config in a snapshot, or in the output of `get-resource-config-history`,
  /// `batch-get-resource-config` or `select-resource-config`.
  ///
  /// - Returns: `nil` if the document does not contain items.
  static func configurationItems(
    in root: NodeID, of source: SourceDocument
  ) -> [RecordedResource]? {
    let document = source.document
    for name in ["configurationItems", "baseConfigurationItems"] {
      if let items = document.member(name, of: root) {
        return document.elements(of: items).compactMap { Self(item: $0, of: source) }
      }
    }
    guard let results = document.member("Results", of: root) else { return nil }
    return document.elements(of: results).compactMap { result in
      source.embedded(result).flatMap { Self(item: $0.document.root, of: $0) }
    }
  }

  private init?(item: NodeID, of source: SourceDocument) {
    let document = source.document
    func text(_ name: String) -> String? {
      document.member(name, of: item).flatMap { document.string($0) }
    }
    guard let type = text("resourceType"), let kind = MeshResourceKind(templateType: type),
      let configuration = document.member("configuration", of: item)
    else { return nil }
    // The API of AWS Config returns the configuration as text.
    let inner = source.embedded(configuration)
    let value =
      inner.flatMap { $0.value(at: $0.document.root, nil) }
      ?? source.value(at: configuration, nil)
    guard let value else { return nil }
    self.init(kind: kind, time: text("configurationItemCaptureTime") ?? "", value: value)
  }
}
