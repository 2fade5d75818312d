internal import EnvoyBootstrap

/// A port of a virtual service, as a caller in the mesh sees it.
struct ServicePort {
  enum Traffic {
    case http([Route])
    case tcp(TCPProxy.Target, idleTimeout: Duration?)
  }

  var service: String
  var port: UInt16
  var traffic: Traffic

  var isTCP: Bool {
    guard case .tcp = traffic else { return false }
    return true
  }

  /// `nil` for TCP.
  var routes: [Route]? {
    guard case .http(let routes) = traffic else { return nil }
    return routes
  }
}
