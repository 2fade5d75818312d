import LosslessJSON

extension RequestMatch {
  /// <https://docs.aws.amazon.com/app-mesh/latest/APIReference/API_HttpRouteMatch.html>
  private static let methods = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
  ]
  private static let schemes = ["http", "https"]

  /// Reads `HttpRouteMatch`, or `HttpGatewayRouteMatch`.
  init?(readingHTTP object: ObjectReader, ofGateway: Bool) {
    self.init()
    path = object.oneOf(
      isRequired: false,
      [("prefix", Self.prefix), ("path", { $0.object(Self.path) })])
    method = object["method"].word(of: Self.methods)
    headers = object["headers"].list(count: 1...10) { $0.object(HeaderMatch.init(reading:)) } ?? []
    queryParameters =
      object["queryParameters"].list(count: 1...10) {
        $0.object(QueryParameterMatch.init(reading:))
      } ?? []
    port = object["port"].port()
    if ofGateway {
      hostname = object["hostname"].object(HostnameMatch.init(reading:))
    } else {
      scheme = object["scheme"].word(of: Self.schemes)
    }
  }

  /// Reads `GrpcRouteMatch`, or `GrpcGatewayRouteMatch`.
  init?(readingGRPC object: ObjectReader, ofGateway: Bool) {
    self.init()
    grpcServiceName = object["serviceName"].text()
    headers =
      object["metadata"].list(count: 1...10) { $0.object(HeaderMatch.init(reading:)) } ?? []
    port = object["port"].port()
    if ofGateway {
      hostname = object["hostname"].object(HostnameMatch.init(reading:))
      return
    }
    let method = object["methodName"]
    grpcMethodName = method.text(length: 1...50)
    if grpcMethodName != nil, grpcServiceName == nil {
      method.refuse(Self.noServiceName, ["name": method.name])
    }
  }

  /// Reads `TcpRouteMatch`.
  init?(readingTCP object: ObjectReader) {
    self.init()
    port = object["port"].port()
  }

  static let rules = [noServiceName, notAPath]

  private static let noServiceName = Rule.error(
    "mesh-grpc-service", "'{name}' is given without 'serviceName'.", fix: "Add 'serviceName'.")
  private static let notAPath = Rule.error(
    "mesh-path", "'{name}' is '{value}', which does not begin with '/'.",
    fix: "Begin it with '/'.")

  private static func prefix(_ field: SpecField) -> Path? {
    guard let text = field.text() else { return nil }
    guard text.hasPrefix("/") else {
      field.refuse(notAPath, ["name": field.name, "value": text])
      return nil
    }
    return .prefix(text)
  }

  private static func path(_ object: ObjectReader) -> Path? {
    object.oneOf([
      ("exact", { $0.text(length: 1...255).map(Path.exact) }),
      ("regex", { $0.regularExpression().map(Path.regex) }),
    ])
  }
}

extension HeaderMatch {
  /// Reads `HttpRouteHeader`, or `GrpcRouteMetadata`.
  fileprivate init?(reading object: ObjectReader) {
    let name = object["name"].required.text(length: 1...50)
    let invert = object["invert"].bool()
    let match = object["match"]
    let method: Method? = match.value == nil ? .present : match.object(Self.method)
    guard let name, let method else { return nil }
    self.init(name: name, method: method, invert: invert ?? false)
  }

  private static func method(_ object: ObjectReader) -> Method? {
    object.oneOf([
      ("exact", { $0.text(length: 1...255).map(Method.exact) }),
      ("prefix", { $0.text(length: 1...255).map(Method.prefix) }),
      ("suffix", { $0.text(length: 1...255).map(Method.suffix) }),
      ("regex", { $0.regularExpression().map(Method.regex) }),
      ("range", { $0.object(Self.range) }),
    ])
  }

  private static func range(_ object: ObjectReader) -> Method? {
    let start = object["start"].required.integer(in: Int.min...Int.max)
    let end = object["end"].required.integer(in: Int.min...Int.max)
    guard let start, let end else { return nil }
    return .range(start: start, end: end)
  }
}

extension QueryParameterMatch {
  fileprivate init?(reading object: ObjectReader) {
    let name = object["name"].required.text(length: 1...1024)
    let exact = object["match"].object { $0["exact"].text() }
    guard let name else { return nil }
    self.init(name: name, exact: exact)
  }
}

extension HostnameMatch {
  fileprivate init?(reading object: ObjectReader) {
    let match: HostnameMatch? = object.oneOf([
      ("exact", { $0.hostName(length: 1...253).map(HostnameMatch.exact) }),
      (
        "suffix",
        { $0.hostName(length: 1...253, allowsWildcard: true).map(HostnameMatch.suffix) }
      ),
    ])
    guard let match else { return nil }
    self = match
  }
}
