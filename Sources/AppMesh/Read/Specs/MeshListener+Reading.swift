/// App Mesh counts in 32 bits, with a sign.
let largestCount = 2_147_483_647

extension PortMapping {
  init?(reading object: ObjectReader, _ protocols: [PortProtocol]) {
    let port = object["port"].required.port()
    let spoken = object["protocol"].required.choice(protocols)
    guard let port, let spoken else { return nil }
    self.init(port: port, protocol: spoken)
  }
}

extension NodeListener {
  init?(reading object: ObjectReader) {
    let mapping = object["portMapping"].required.object {
      PortMapping(reading: $0, PortProtocol.allCases)
    }
    let pool = object["connectionPool"].object { ConnectionPool(reading: $0, hasTCP: true) }
    let check = object["healthCheck"].object {
      HealthCheckPolicy(reading: $0, PortProtocol.allCases)
    }
    let outliers = object["outlierDetection"].object(OutlierDetectionPolicy.init(reading:))
    let timeout = object["timeout"].object { timeouts in
      timeouts.oneOf(
        PortProtocol.allCases.map { spoken in
          (spoken.rawValue, { $0.object { RequestTimeout(reading: $0, of: spoken) } })
        })
    }
    let tls = object["tls"].object(ListenerTLS.init(reading:))
    guard let mapping else { return nil }
    self.init(portMapping: mapping)
    (connectionPool, healthCheck, outlierDetection) = (pool, check, outliers)
    (self.timeout, self.tls) = (timeout, tls)
  }
}

extension GatewayListener {
  private static let protocols: [PortProtocol] = [.http, .http2, .grpc]

  init?(reading object: ObjectReader) {
    let mapping = object["portMapping"].required.object {
      PortMapping(reading: $0, Self.protocols)
    }
    let pool = object["connectionPool"].object { ConnectionPool(reading: $0, hasTCP: false) }
    let check = object["healthCheck"].object { HealthCheckPolicy(reading: $0, Self.protocols) }
    let tls = object["tls"].object(ListenerTLS.init(reading:))
    guard let mapping else { return nil }
    self.init(portMapping: mapping)
    (connectionPool, healthCheck, self.tls) = (pool, check, tls)
  }
}

extension ConnectionPool {
  fileprivate init?(reading object: ObjectReader, hasTCP: Bool) {
    let choices: [(name: String, read: (Member) -> ConnectionPool?)] = [
      ("http", { $0.object(Self.http) }),
      ("http2", { $0.object(Self.requests).map(Self.http2) }),
      ("grpc", { $0.object(Self.requests).map(Self.grpc) }),
      ("tcp", { $0.object(Self.connections).map(Self.tcp) }),
    ]
    guard let pool = object.oneOf(hasTCP ? choices : choices.dropLast()) else { return nil }
    self = pool
  }

  private static func http(_ object: ObjectReader) -> ConnectionPool? {
    let connections = connections(object)
    let pending = object["maxPendingRequests"].integer(in: 1...largestCount)
    return connections.map { .http(maxConnections: $0, maxPendingRequests: pending) }
  }

  private static func connections(_ object: ObjectReader) -> Int? {
    object["maxConnections"].required.integer(in: 1...largestCount)
  }

  private static func requests(_ object: ObjectReader) -> Int? {
    object["maxRequests"].required.integer(in: 1...largestCount)
  }
}

extension HealthCheckPolicy {
  fileprivate init?(reading object: ObjectReader, _ protocols: [PortProtocol]) {
    let healthy = object["healthyThreshold"].required.integer(in: 2...10)
    let unhealthy = object["unhealthyThreshold"].required.integer(in: 2...10)
    let interval = object["intervalMillis"].required.milliseconds(in: 5000...300_000)
    let timeout = object["timeoutMillis"].required.milliseconds(in: 2000...60_000)
    let spoken = object["protocol"].required.choice(protocols)
    let port = object["port"].port()
    let path = object["path"].text()
    guard let healthy, let unhealthy, let interval, let timeout, let spoken else { return nil }
    self.init(
      healthyThreshold: healthy, unhealthyThreshold: unhealthy, interval: interval,
      timeout: timeout, protocol: spoken, port: port, path: path)
  }
}

extension OutlierDetectionPolicy {
  fileprivate init?(reading object: ObjectReader) {
    let errors = object["maxServerErrors"].required.integer(in: 1...largestCount)
    let interval = object["interval"].required.duration()
    let ejection = object["baseEjectionDuration"].required.duration()
    let percent = object["maxEjectionPercent"].required.integer(in: 0...100)
    guard let errors, let interval, let ejection, let percent else { return nil }
    self.init(
      maxServerErrors: errors, interval: interval, baseEjectionDuration: ejection,
      maxEjectionPercent: percent)
  }
}

extension RequestTimeout {
  init?(reading object: ObjectReader, of spoken: PortProtocol) {
    self.init(
      perRequest: spoken == .tcp ? nil : object["perRequest"].duration(),
      idle: object["idle"].duration())
  }
}
