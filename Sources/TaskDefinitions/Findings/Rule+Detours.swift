package import LosslessJSON

/// Ways round Envoy, or through it, that somebody may not expect.
extension Rule {
  package static let nothingRedirected = warning(
    "nothing-redirected",
    "Envoy stands for a virtual node, but without proxyConfiguration all traffic goes past it",
    fix: "add proxyConfiguration, as inject does", see: Source.appMeshOnECS)
  package static let sidecarThroughEnvoy = warning(
    "sidecar-through-envoy",
    "a daemon calls its service through Envoy: it fails while Envoy starts and when it has stopped",
    fix: "run it as the user that IgnoredUID names", see: Source.proxy)
  package static let startsBeforeEnvoy = warning(
    "starts-before-envoy",
    "a container does not wait for Envoy, and has no network until Envoy listens",
    fix: "let it depend on Envoy with the condition HEALTHY", see: Source.appMeshOnECS)
  package static let udpPort = warning(
    "udp-port", "a UDP port goes past Envoy: only TCP is redirected",
    fix: "protect it with a security group, or serve it over TCP", see: Source.plugin)
  package static let serverFirstPort = warning(
    "server-first-port",
    "a port of AppPorts is one of a protocol in which the server speaks first, for which Envoy "
      + "waits in vain",
    fix: "remove it from AppPorts, and add it to EgressIgnoredPorts of its clients",
    see: Source.connectivity)
  package static let httpProxyVariable = warning(
    "http-proxy-variable",
    "a container is told to use an HTTP proxy, so its requests do not reach Envoy as they are",
    fix: "remove the variable, or exempt the mesh's names with NO_PROXY", see: Source.connectivity)
  package static let sharedProcesses = warning(
    "shared-processes",
    "containers see each other's processes, so an application can end Envoy by mistake",
    fix: #"remove "pidMode": "task""#, see: Source.taskDefinition)
}
