/// The images and limits that apply if no option sets them.
package enum Defaults {
  /// The newest App Mesh image: aws-app-mesh-controller-for-k8s pull request 829, 2026-07-14.
  package static let appMeshImage = "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod"
  /// AWS's own registry: Docker Hub limits anonymous pulls. The daemon is in maintenance mode,
  /// so `3.x` brings security fixes only.
  /// <https://docs.aws.amazon.com/xray/latest/devguide/xray-daemon-ecs.html>
  package static let xrayImage = "public.ecr.aws/xray/aws-xray-daemon:3.x"
  /// <https://github.com/aws-observability/aws-otel-collector/releases/tag/v0.49.0>
  package static let otelImage = "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0"

  /// Number of file descriptors. It is above Fargate's default of 65535, and enough for 30,000
  /// proxied connections.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html>
  package static let nofile = 65536

  /// Ports whose connections bypass Envoy. App Mesh's user guide says that 22 is always ignored, but
  /// the CNI plugin writes no rule for it.
  package static let ignoredPorts = [22]
  /// The NFS port. ECS mounts an EFS volume before Envoy listens.
  /// <https://github.com/aws/aws-app-mesh-roadmap/issues/220>
  package static let efsPort = 2049
}
