extension Loss.Code {
  /// What can be lost between a mesh and the Envoys that are told at their start what to do.
  public static let compilingCodes: [Self] = [
    accessLogLineEnd, acmAuthority, acmByFile, acmCertificate, acmUnverified, cloudMapAttributes,
    cloudMapAttributesIgnored, discoveryByDNS, enforcedTLS, healthCheckProtocol, nodeNotCallable,
    portTaken, retriesMultiply, retryEvent, rewrite, routeTimeout, sdsSocket,
    tcpPort, tcpRoutes, unclearPort, weightsZero,
  ]

  static let acmAuthority = Self.error(
    "acm-authority",
    "App Mesh handed the authority's certificate to Envoy, and nobody does now",
    remedy: "give the authority's PEM file with --authority ARN=FILE")

  static let acmByFile = Self.warning(
    "acm-by-file", "App Mesh renewed the certificate, and nobody does now",
    remedy: "renew the files and restart the task before the certificate expires")

  static let acmCertificate = Self.error(
    "acm-certificate", "App Mesh handed the certificate to Envoy, and nobody does now",
    remedy: "export it and give its files with --certificate ARN=CHAIN,KEY")

  static let acmUnverified = Self.warning(
    "acm-unverified",
    "App Mesh verified certificates of ACM without being told to; Envoy encrypts without verifying",
    remedy: "give the authority's PEM file with --authority CERTIFICATE-ARN=FILE")

  static let accessLogLineEnd = Self.warning(
    "access-log-line-end", "Envoy writes the lines of the access log without an end",
    remedy: #"end the format with \n"#)

  static let cloudMapAttributes = Self.error(
    "cloud-map-attributes",
    "nodes that share a Cloud Map service are told apart by attributes, which DNS does not know",
    remedy: "give each of the nodes a Cloud Map service of its own")

  static let cloudMapAttributesIgnored = Self.warning(
    "cloud-map-attributes-ignored",
    "DNS knows no attributes, so every instance of the Cloud Map service is taken",
    remedy: "make sure that all its instances are this node's")

  static let discoveryByDNS = Self.warning(
    "discovery-by-dns",
    "endpoints are found by DNS, which answers with eight at most, picked at random",
    remedy: "use an internal load balancer where there are more than eight tasks")

  static let enforcedTLS = Self.warning(
    "enforced-tls", "a caller insists on TLS that the node does not speak: requests get 503",
    remedy: "give the node's listener a certificate, or do not enforce TLS")

  static let healthCheckProtocol = Self.error(
    "health-check-protocol", "Envoy asks by gRPC only where requests are HTTP/2",
    remedy: "check by the protocol of the listener")

  static let nodeNotCallable = Self.warning(
    "node-not-callable",
    "a route leads to a node without listener or service discovery: its share gets 503",
    remedy: "give the node a listener and a service discovery")

  static let portTaken = Self.error(
    "listener-port-taken", "a port is wanted twice, and only one listener can have it",
    remedy: "choose another ingress, egress or admin port")

  static let retriesMultiply = Self.warning(
    "retries-multiply", "every leg of a request repeats it, so that the calls multiply",
    remedy: "give the routes of one of the legs a retry policy with 0 retries")

  static let retryEvent = Self.error(
    "retry-event", "App Mesh has no retry event of that name",
    remedy: "use the events of App Mesh's API")

  static let rewrite = Self.error(
    "rewrite", "only a prefix that was matched can be rewritten",
    remedy: "match a prefix, or rewrite the path")

  static let routeTimeout = Self.warning(
    "route-timeout", "the time-out of the node's own listener ends requests earlier than the route",
    remedy: "raise the listener's time-out as well")

  static let sdsSocket = Self.error(
    "sds-socket", "secrets come from a Secret Discovery Service, and its socket is not known",
    remedy: "say where the socket is with --sds-socket PATH")

  static let tcpPort = Self.error(
    "tcp-port", "raw TCP carries no host name, so only one service can have the port",
    remedy: "give the services' routers different ports")

  static let tcpRoutes = Self.warning(
    "tcp-routes", "nothing tells the TCP routes of one port apart, so only the first is used",
    remedy: "put the targets into one route")

  static let unclearPort = Self.error(
    "unclear-port", "which port is meant cannot be told",
    remedy: "name one of the ports that there are")

  static let weightsZero = Self.warning(
    "weights-zero", "all targets of a route have weight 0: requests get 503",
    remedy: "give one of the targets a weight")
}
