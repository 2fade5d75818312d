# The same job as `inject-envoy --virtual-node mesh/m/virtualNode/n`, without its checks.
def wait: .dependsOn = (.dependsOn // []) + [{containerName: "envoy", condition: "HEALTHY"}];

([.containerDefinitions[].portMappings // [] | .[] | select((.protocol // "tcp") == "tcp")
  | .containerPort | tostring] | join(",")) as $ports
| (.containerDefinitions[0].logConfiguration
  | if .logDriver == "awslogs" then .options["awslogs-stream-prefix"] = "envoy" else . end) as $log
| .containerDefinitions |= (map(wait) + [{
    name: "envoy",
    image: "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod",
    memoryReservation: 128,
    essential: true,
    user: "1337",
    environment: [
      {name: "ENVOY_LOG_LEVEL", value: "info"},
      {name: "ENVOY_CONCURRENCY", value: "2"},
      {name: "APPMESH_RESOURCE_ARN", value: "mesh/m/virtualNode/n"}
    ],
    healthCheck: {
      command: ["CMD-SHELL",
        "curl -s http://localhost:9901/server_info | grep state | grep -q LIVE"],
      interval: 5, timeout: 2, retries: 3, startPeriod: 10
    },
    ulimits: [{name: "nofile", softLimit: 65536, hardLimit: 65536}],
    startTimeout: 60,
    stopTimeout: 40,
    logConfiguration: $log
  }])
| .proxyConfiguration = {
    type: "APPMESH",
    containerName: "envoy",
    properties: [
      {name: "AppPorts", value: $ports},
      {name: "ProxyEgressPort", value: "15001"},
      {name: "ProxyIngressPort", value: "15000"},
      {name: "EgressIgnoredIPs", value: "169.254.170.2,169.254.169.254"},
      {name: "EgressIgnoredPorts", value: "22"},
      {name: "IgnoredUID", value: "1337"}
    ]
  }
