import AppMesh

extension RequestMatch {
  /// The match as text, such as `prefix /a, method GET`. Empty if it matches every request.
  var text: String {
    let service = grpcServiceName.map { name in
      "gRPC " + name + (grpcMethodName.map { "/" + $0 } ?? "")
    }
    let parts =
      [
        port.map { "port \($0)" }, hostname?.text, path?.text, service,
        method.map { "method \($0)" },
        scheme.map { "scheme \($0)" },
      ].compactMap(\.self)
    return (parts + headers.map(\.text) + queryParameters.map(\.text)).joined(separator: ", ")
  }
}

extension RequestMatch.Path {
  fileprivate var text: String {
    switch self {
    case .prefix(let prefix): "prefix \(prefix)"
    case .exact(let path): "path \(path)"
    case .regex(let pattern): "path like \(pattern)"
    }
  }
}

extension HostnameMatch {
  fileprivate var text: String {
    switch self {
    case .exact(let name): "host \(name)"
    case .suffix(let suffix): "host *\(suffix)"
    }
  }
}

extension HeaderMatch {
  fileprivate var text: String {
    let condition =
      switch method {
      case .exact(let value): "= \(value)"
      case .prefix(let prefix): "= \(prefix)*"
      case .suffix(let suffix): "= *\(suffix)"
      case .regex(let pattern): "like \(pattern)"
      case .range(let start, let end): "from \(start) below \(end)"
      case .present: "present"
      }
    return (invert ? "not " : "") + "header \(name) \(condition)"
  }
}

extension QueryParameterMatch {
  fileprivate var text: String { "query \(name)" + (exact.map { " = \($0)" } ?? " present") }
}

extension ServiceDiscovery {
  /// The discovery of the node's tasks.
  var text: String {
    switch self {
    case .dns(let hostname, let responseType, _):
      "DNS \(hostname)" + (responseType == .endpoints ? " (every address)" : "")
    case .awsCloudMap(let service, let namespace, let attributes, _):
      "Cloud Map \(service).\(namespace)"
        + attributes.map { " \($0.key)=\($0.value)" }.joined()
    }
  }
}

extension PortMapping {
  var text: String { "\(port)/\(`protocol`.rawValue)" }
}
