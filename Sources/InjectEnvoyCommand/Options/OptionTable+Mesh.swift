import AppMesh
import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON

/// A mesh that App Mesh ran: its description, and the files that its Envoys got from other services.
extension OptionTable {
  static let mesh: [Option] = Option.group(
    .mesh, for: .mesh, labels: .never,
    [
      Option(
        "mesh-file", Form.meshFile.list(),
        "App Mesh description: a template, or JSON of the App Mesh API", \.mesh.files
      ).of(.mesh, chooses: true).only(.envoy).common(),
      Option(
        "node", .anything("NAME", samples: "web"), "Virtual node that Envoy represents",
        optional: \.mesh.member
      ).standard("the node of the replaced Envoy").of(.mesh).only(.sidecar).labels(.byDefault)
        .common(),
      Option(
        "gateway", .anything("NAME", samples: "door"), "Virtual gateway that Envoy represents",
        optional: \.mesh.member
      ).of(.mesh).only(.gateway),
      Option(
        "parameter", .namedValues(samples: "Domain=x.local"),
        "Value of a parameter of the templates: the injected one's, and the mesh's",
        \.mesh.parameters
      ).of(.mesh, except: .sidecar),
      Option(
        "require-parameters", .flag,
        "Reject mesh templates if a parameter would get its default",
        \.mesh.requiresParameters
      ).of(.mesh),
      Option(
        "mesh-name", .text("NAME", samples: "shop"), "Mesh to use if the files describe several",
        optional: \.mesh.meshName
      ).of(.mesh),
      Option(
        "certificate",
        .certificates("ARN", sample: "arn:aws:acm:eu-west-1:111122223333:certificate/1"),
        "PEM files in the Envoy container, env:VARIABLE, or secret:ARN, that replace an ACM certificate",
        \.mesh.certificates.certificates
      ).of(.mesh),
      Option(
        "authority",
        .replacedAuthorities(
          "ARN", sample: "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1"),
        "PEM file in the Envoy container, env:VARIABLE, or secret:ARN, that replaces an ACM authority",
        \.mesh.certificates.authorities
      ).of(.mesh),
      Option(
        "sds-socket", .containerPath,
        "Socket of the Secret Discovery Service in the Envoy container",
        optional: \.mesh.certificates.sdsSocketPath
      ).of(.mesh),
      Option(
        "live", .live, "Objects in S3 from which running Envoys read the weights of routes",
        optional: \.mesh.live
      ).of(.mesh),
      Option(
        "live-interval", .seconds,
        "Time between two requests for the weights; Envoy adds a random time, up to as much",
        optional: \.mesh.liveInterval
      ).standard("15").of(.mesh),
      Option(
        "discover", .word,
        "Source of the endpoints of nodes that are registered in Cloud Map",
        optional: \.mesh.discovery.method
      ).standard("cloud-map where DNS does not have their endpoints, dns elsewhere").of(.mesh),
      Option(
        "discover-interval",
        .seconds,
        "Time between two questions to Cloud Map; Envoy adds a random time, up to as much",
        \.mesh.discovery.interval
      ).standard("15").of(.mesh),
      Option(
        "old-mesh-defaults", .flag,
        "Use the defaults of accounts that had App Mesh before 2020-07-29",
        \.mesh.usesOldDefaults
      ).of(.mesh),
    ])
}

extension Form<String> {
  fileprivate static var meshFile: Form {
    Form("FILE", accepting: .file, samples: ["mesh.yaml"], oddities: ["-"]) {
      path throws(Problem) in
      guard path != "-" else {
        throw .usage(
          "Standard input is for the document.",
          fix: "Write the mesh to a file, and name that file.")
      }
      return try text("FILE").read([path])
    }
  }
}

extension Form<Duration> {
  fileprivate static var seconds: Form {
    Form<Int>.integer("SECONDS", 1...3600).map { seconds throws(Problem) in .seconds(seconds) }
  }
}

extension Form<MeshLive> {
  fileprivate static var live: Form {
    Form(
      "s3://BUCKET/PREFIX[?region=REGION]",
      samples: ["s3://mesh-objects/shop", "s3://mesh-objects/shop/live?region=eu-west-1"],
      oddities: ["s3://b", "s3://my.bucket/p", "s3://bucket/p/", "s3://bucket/a*", "https://b/p"]
    ) { text throws(Problem) in
      let scheme = "s3://"
      let parts = text.dropFirst(scheme.count)
        .split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      let path = parts[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      let names = parts[0].split(separator: "/", omittingEmptySubsequences: false).dropFirst()
      guard text.hasPrefix(scheme), path.count == 2,
        names.map(String.init).allSatisfy(LiveRuntime.isUsable)
      else {
        throw .value(text, "does not name a bucket and a prefix of letters, digits, / and ._-.")
      }
      let bucket = String(path[0])
      // A dot in the name would break TLS, because the certificate of S3 covers one label.
      guard bucket.utf8.count >= 3, LiveRuntime.isUsable(bucket), !bucket.contains(".") else {
        throw .value(
          text, "names a bucket that has no host name of its own in TLS.",
          fix: "Use a bucket whose name has no dot.")
      }
      var live = MeshLive(bucket: bucket, prefix: String(path[1]))
      if parts.count == 2 {
        let key = "region="
        guard parts[1].hasPrefix(key), let region = AWSRegion(String(parts[1].dropFirst(key.count)))
        else { throw .value(text, "has something else than ?region=REGION at its end.") }
        live.region = region
      }
      return live
    }
  }
}
