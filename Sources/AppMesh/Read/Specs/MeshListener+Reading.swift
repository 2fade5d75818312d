import LosslessJSON

/// The largest signed 32-bit number, which is the maximum of App Mesh's counts.
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
    let pool = object["connectionPool"].object {
      ConnectionPool(reading: $0, mapping, PortProtocol.allCases)
    }
    let check = object["healthCheck"].object {
      HealthCheckPolicy(reading: $0, PortProtocol.allCases)
    }
    let outliers = object["outlierDetection"].object(OutlierDetectionPolicy.init(reading:))
    let timeout = object["timeout"].object { timeouts in
      timeouts.oneOf(
        PortProtocol.allCases.map { spoken in
          (
            spoken.rawValue,
            {
              $0.check(spoken, isThatOf: mapping)
              return $0.object { RequestTimeout(reading: $0, of: spoken) }
            }
          )
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
    let pool = object["connectionPool"].object {
      ConnectionPool(reading: $0, mapping, Self.protocols)
    }
    let check = object["healthCheck"].object { HealthCheckPolicy(reading: $0, Self.protocols) }
    let tls = object["tls"].object(ListenerTLS.init(reading:))
    guard let mapping else { return nil }
    self.init(portMapping: mapping)
    (connectionPool, healthCheck, self.tls) = (pool, check, tls)
  }
}

extension SpecField {
  /// Rejects settings for a protocol other than the listener's. They would have no effect.
  fileprivate func check(_ spoken: PortProtocol, isThatOf mapping: PortMapping?) {
    guard let mapping, mapping.protocol != spoken else { return }
    refuse(Self.otherProtocol, ["name": name, "protocol": mapping.protocol.rawValue])
  }

  static let listenerRules = [otherProtocol]

  private static let otherProtocol = Rule.error(
    "mesh-listener-protocol", "'{name}' is given on a listener that speaks {protocol}.",
    fix: "Give '{protocol}' instead, or remove it.")
}

extension ConnectionPool {
  fileprivate init?(
    reading object: ObjectReader, _ mapping: PortMapping?, _ protocols: [PortProtocol]
  ) {
    let pool: ConnectionPool? = object.oneOf(
      protocols.map { spoken in
        (
          spoken.rawValue,
          {
            $0.check(spoken, isThatOf: mapping)
            return $0.object { Self.read($0, of: spoken) }
          }
        )
      })
    guard let pool else { return nil }
    self = pool
  }

  private static func read(_ object: ObjectReader, of spoken: PortProtocol) -> ConnectionPool? {
    switch spoken {
    case .http: http(object)
    case .http2: requests(object).map(Self.http2)
    case .grpc: requests(object).map(Self.grpc)
    case .tcp: connections(object).map(Self.tcp)
    }
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
    let interval = object["interval"].required.positiveDuration()
    let ejection = object["baseEjectionDuration"].required.positiveDuration()
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
