extension Cluster {
  /// Shorter than the keep-alive of common servers (gunicorn 2 s; Node.js, uvicorn, Apache 5 s):
  /// otherwise Envoy sends requests on connections that the application is closing.
  static let localIdleTimeout = Duration.seconds(1)

  /// The same for servers elsewhere, where connecting costs more.
  static let remoteIdleTimeout = Duration.seconds(4)

  /// Network load balancers and NAT gateways forget a silent connection after 350 s
  /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html>).
  /// Envoy stands between the application's own keep-alive and them.
  static let tcpKeepaliveSeconds = 300

  /// The address that the application dialled.
  static let passthrough = Cluster(
    name: "passthrough", discovery: .originalDst, httpVersion: .likeDownstream,
    idleTimeout: remoteIdleTimeout, tcpKeepaliveSeconds: tcpKeepaliveSeconds)
}
