internal import LosslessJSON

/// Settings that this library's messages name.
extension Setting {
  static let adminPort = Setting("adminPort")
  static let egressPort = Setting("egressPort")
  static let envoyMemory = Setting("envoyMemory")
  static let gatewayPorts = Setting("port")
  static let ingressPort = Setting("ingressPort")
  static let metrics = Setting("metrics")
  static let nodeCluster = Setting("nodeCluster")
  static let nodeID = Setting("nodeId")
  static let region = Setting("region")
  static let tracing = Setting("tracing")
  static let upstreams = Setting("upstream")
  static let xraySamplingRate = Setting("xraySamplingRate")
}
