extension FileAccessLog {
  /// Reads `Logging`.
  init?(readingLogging object: ObjectReader) {
    let log = object["accessLog"].object { accessLog in
      accessLog.oneOf([("file", { $0.object(Self.init(reading:)) })])
    }
    guard let log else { return nil }
    self = log
  }

  private init?(reading object: ObjectReader) {
    let path = object["path"].required.text(length: 1...255)
    let format = object["format"].object { format in
      format.oneOf([
        ("text", { $0.text(length: 1...1000, allowsControls: true).map(Format.text) }),
        ("json", { $0.list { $0.object(Field.init(reading:)) }.map(Format.json) }),
      ])
    }
    guard let path else { return nil }
    self.init(path: path, format: format)
  }
}

extension FileAccessLog.Field {
  fileprivate init?(reading object: ObjectReader) {
    let key = object["key"].required.text(length: 1...100)
    let value = object["value"].required.text(length: 1...100, allowsControls: true)
    guard let key, let value else { return nil }
    self.init(key: key, value: value)
  }
}
