# The same edits as inject.jq, of the task definitions of a CloudFormation template.
def wait: .DependsOn = (.DependsOn // []) + [{ContainerName: "envoy", Condition: "HEALTHY"}];

def inject:
  ([.ContainerDefinitions[].PortMappings // [] | .[] | select((.Protocol // "tcp") == "tcp")
    | .ContainerPort | tostring] | join(",")) as $ports
  | (.ContainerDefinitions[0].LogConfiguration
    | if .LogDriver == "awslogs" then .Options["awslogs-stream-prefix"] = "envoy" else . end) as $log
  | .ContainerDefinitions |= (map(wait) + [{
      Name: "envoy",
      Image: "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod",
      MemoryReservation: 128,
      Essential: true,
      User: "1337",
      Environment: [
        {Name: "ENVOY_LOG_LEVEL", Value: "info"},
        {Name: "ENVOY_CONCURRENCY", Value: "2"},
        {Name: "APPMESH_RESOURCE_ARN", Value: "mesh/m/virtualNode/n"}
      ],
      HealthCheck: {
        Command: ["CMD-SHELL",
          "curl -s http://localhost:9901/server_info | grep state | grep -q LIVE"],
        Interval: 5, Timeout: 2, Retries: 3, StartPeriod: 10
      },
      Ulimits: [{Name: "nofile", SoftLimit: 65536, HardLimit: 65536}],
      StartTimeout: 60,
      StopTimeout: 40,
      LogConfiguration: $log
    }])
  | .ProxyConfiguration = {
      Type: "APPMESH",
      ContainerName: "envoy",
      ProxyConfigurationProperties: [
        {Name: "AppPorts", Value: $ports},
        {Name: "ProxyEgressPort", Value: "15001"},
        {Name: "ProxyIngressPort", Value: "15000"},
        {Name: "EgressIgnoredIPs", Value: "169.254.170.2,169.254.169.254"},
        {Name: "EgressIgnoredPorts", Value: "22"},
        {Name: "IgnoredUID", Value: "1337"}
      ]
    };

# Not map_values: jq 1.6 copies all resources for each that it changes.
.Resources |= with_entries(.value |= (
  if .Type == "AWS::ECS::TaskDefinition" then .Properties |= inject else . end))
