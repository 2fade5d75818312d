package import LosslessJSON

extension Rule {
  /// Pages that explain several rules.
  package enum Source {
    private static let ecs = "https://docs.aws.amazon.com/AmazonECS/latest/"
    package static let taskDefinition = ecs + "APIReference/API_RegisterTaskDefinition.html"
    package static let container = ecs + "APIReference/API_ContainerDefinition.html"
    package static let dependency = ecs + "APIReference/API_ContainerDependency.html"
    package static let healthCheck = ecs + "APIReference/API_HealthCheck.html"
    package static let portMapping = ecs + "APIReference/API_PortMapping.html"
    package static let proxy = ecs + "APIReference/API_ProxyConfiguration.html"
    package static let ulimit = ecs + "APIReference/API_Ulimit.html"
    package static let fargateSizes = ecs + "developerguide/fargate-tasks-services.html"
    package static let quotas = ecs + "developerguide/service-quotas.html"
    package static let roles = ecs + "developerguide/security-iam-roles.html"
    package static let awslogs = ecs + "developerguide/using_awslogs.html"
    /// The network plugin that writes the redirection rules in a task's network namespace.
    package static let plugin =
      "https://github.com/aws/amazon-vpc-cni-plugins/tree/main/plugins/aws-appmesh"
    /// The agent that runs Envoy in App Mesh's image.
    package static let agent = "https://github.com/aws/amazon-ecs-service-connect-agent"
    private static let appMesh = "https://docs.aws.amazon.com/app-mesh/latest/userguide/"
    package static let envoyImage = appMesh + "envoy.html"
    package static let envoyVariables = appMesh + "envoy-config.html"
    package static let appMeshOnECS = appMesh + "getting-started-ecs.html"
    package static let connectivity = appMesh + "troubleshooting-connectivity.html"
    package static let gateways = appMesh + "virtual_gateways.html"
  }
}
