internal import EnvoyBootstrap

extension RequestMatch {
  /// - Parameter protocol: the protocol of the route.
  func routeMatch(_ protocol: PortProtocol) -> RouteMatch {
    var match = RouteMatch(`protocol` == .grpc ? grpcPath : httpPath)
    match.isGRPC = `protocol` == .grpc
    match.headers = [
      method.map { HeaderMatcher(":method", .string(.exact($0))) },
      scheme.map { HeaderMatcher(":scheme", .string(.exact($0))) },
    ].compactMap(\.self)
    match.headers += headers.map(\.matcher)
    match.queryParameters = queryParameters.map { parameter in
      .init(parameter.name, parameter.exact.map { .exact($0) })
    }
    return match
  }

  private var httpPath: RouteMatch.Path {
    switch path {
    case .prefix(let prefix): .prefix(prefix)
    case .exact(let path): .path(path)
    case .regex(let regex): .safeRegex(regex)
    case nil: .prefix("/")
    }
  }

  private var grpcPath: RouteMatch.Path {
    guard let grpcServiceName else { return .prefix("/") }
    return grpcMethodName.map { .path("/\(grpcServiceName)/\($0)") }
      ?? .prefix("/\(grpcServiceName)/")
  }
}

extension HeaderMatch {
  fileprivate var matcher: HeaderMatcher {
    let value: HeaderMatcher.Value =
      switch method {
      case .exact(let text): .string(.exact(text))
      case .prefix(let text): .string(.prefix(text))
      case .suffix(let text): .string(.suffix(text))
      case .regex(let regex): .string(.safeRegex(regex))
      case .range(let start, let end): .range(start: start, end: end)
      case .present: .present
      }
    return HeaderMatcher(name, value, invertMatch: invert)
  }
}
