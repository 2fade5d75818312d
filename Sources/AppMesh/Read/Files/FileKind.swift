import LosslessJSON

/// Files that do not describe a mesh but are often given by mistake. Recognized for better messages.
enum FileKind: String {
  case bootstrap = "the configuration of an Envoy"
  case compose = "a Docker Compose file"
  case configDump = "the 'config_dump' of a running Envoy"
  case kubernetes = "a Kubernetes resource"
  case list = "the output of 'aws appmesh list-…', which holds names only"
  case services = "the output of 'aws ecs describe-services'"
  case taskDefinition = "an ECS task definition"
  case template = "a CloudFormation template without resources"
  case unknown = "something else"

  init(_ root: NodeID, of source: SourceDocument) {
    let document = source.document
    func has(_ name: String) -> Bool { document.member(name, of: root) != nil }
    switch true {
    case has("configs"): self = .configDump
    case has("static_resources"), has("dynamic_resources"): self = .bootstrap
    case has("containerDefinitions"), has("taskDefinition"): self = .taskDefinition
    case has("apiVersion") && has("kind"): self = .kubernetes
    case has("AWSTemplateFormatVersion"): self = .template
    case MeshResourceKind.allCases.contains(where: { has($0.rawValue + "s") }), has("meshes"):
      self = .list
    case has("services") && has("failures"): self = .services
    case has("services"): self = .compose
    default: self = .unknown
    }
  }
}

/// The contents of a `config_dump`, for the message that it is not sufficient.
struct ConfigDump {
  private(set) var counts: [String] = []

  init(_ root: NodeID, of source: SourceDocument) {
    let document = source.document
    let sections = document.member("configs", of: root).map { document.elements(of: $0) } ?? []
    let lists = [
      ("dynamic_listeners", "listeners"), ("static_listeners", "static listeners"),
      ("dynamic_active_clusters", "clusters"), ("static_clusters", "static clusters"),
      ("dynamic_route_configs", "route tables"), ("dynamic_endpoint_configs", "endpoint lists"),
    ]
    for (member, words) in lists {
      let count = sections.reduce(0) { sum, section in
        sum + (document.member(member, of: section).map { document.elements(of: $0).count } ?? 0)
      }
      if count > 0 { counts.append("\(count) \(words)") }
    }
  }

  var text: String { counts.isEmpty ? "no listeners" : counts.joined(separator: ", ") }
}
