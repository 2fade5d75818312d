internal import LosslessJSON

/// Settings of the callers that the messages of this library name.
extension Setting {
  static let adminPort = Setting("adminPort")
  static let egressPort = Setting("egressPort")
  static let envoyMemory = Setting("envoyMemory")
  static let gatewayPorts = Setting("gatewayPorts")
  static let ingressPort = Setting("ingressPort")
  static let nodeCluster = Setting("nodeCluster")
  static let nodeID = Setting("nodeID")
  static let upstreams = Setting("upstreams")
  static let xraySamplingRate = Setting("xraySamplingRate")
}
