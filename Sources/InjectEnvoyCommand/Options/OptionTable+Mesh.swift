import AppMesh
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
      ).standard("that of the old Envoy").of(.mesh).only(.sidecar).labels(.byDefault).common(),
      Option(
        "gateway", .anything("NAME", samples: "door"), "Virtual gateway that Envoy represents",
        optional: \.mesh.member
      ).of(.mesh).only(.gateway),
      Option(
        "parameter", .namedValues(samples: "Domain=x.local"),
        "Value of a parameter of the mesh templates", \.mesh.parameters
      ).of(.mesh),
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
        "certificate", .certificates,
        "PEM files in the Envoy container that replace an ACM certificate",
        \.mesh.certificates.certificates
      ).of(.mesh),
      Option(
        "authority", .authorities,
        "PEM file in the Envoy container that replaces an ACM authority",
        \.mesh.certificates.authorities
      ).of(.mesh),
      Option(
        "sds-socket", .containerPath,
        "Socket of the Secret Discovery Service in the Envoy container",
        optional: \.mesh.certificates.sdsSocketPath
      ).of(.mesh),
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

extension Form<[String: MeshCertificates.Files]> {
  fileprivate static var certificates: Form {
    Form<[NamedValue]>.namedValues(
      "ARN=CHAIN,KEY",
      samples: "arn:aws:acm:eu-west-1:111122223333:certificate/1=/c/chain.pem,/c/key.pem"
    ).map { pairs throws(Problem) in
      let path = Form<String>.containerPath
      var files: [String: MeshCertificates.Files] = [:]
      for pair in pairs {
        let paths = pair.value.split(separator: ",", omittingEmptySubsequences: false)
          .map(String.init)
        guard paths.count == 2 else {
          throw .value(pair.value, "is not of the form CHAIN,KEY.", fix: "Give two paths.")
        }
        files[pair.name] = MeshCertificates.Files(
          certificateChain: try path.read([paths[0]]), privateKey: try path.read([paths[1]]))
      }
      return files
    }
  }
}

extension Form<[String: String]> {
  fileprivate static var authorities: Form {
    Form<[NamedValue]>.namedValues(
      "ARN=FILE",
      samples: "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1=/c/ca.pem"
    ).map { pairs throws(Problem) in
      var files: [String: String] = [:]
      for pair in pairs { files[pair.name] = try Form<String>.containerPath.read([pair.value]) }
      return files
    }
  }
}
