import AppMesh
import EnvoyInjector

extension OptionTable {
  /// A mesh that App Mesh ran: its description, and what its Envoys got from elsewhere.
  static let mesh: [OptionSpecification] = [
    .callValues(
      "mesh-file", "FILE", "App Mesh description: a template, or JSON of the App Mesh API"
    ) {
      call, values throws(ValueProblem) in
      call.mesh.files = try Value.list(values) { text throws(ValueProblem) in
        guard text != "-" else {
          throw ValueProblem(
            "standard input is for the document", fix: "write the mesh to a file, and name that")
        }
        return try Value.word(text)
      }
    }.ofCall(),
    .callValue(
      "node", "NAME", "virtual node that Envoy represents [default: that of the old Envoy]"
    ) {
      call, text throws(ValueProblem) in
      call.mesh.member = try Value.ofMesh(call, text)
    }.only(Subcommand.sidecarCommands).byLabel(),
    .callValue("gateway", "NAME", "virtual gateway that Envoy represents") {
      call, text throws(ValueProblem) in
      call.mesh.member = try Value.ofMesh(call, text)
    }.only([.gateway]),
    .callValues("parameter", "NAME=VALUE", "value of a parameter of the mesh templates") {
      call, values throws(ValueProblem) in
      call.mesh.parameters = try Value.ofMesh(call, try Value.namedValues(values))
    }.only(Subcommand.meshCommands).ofCall(),
    .callValue("mesh-name", "NAME", "mesh to use if the files describe several") {
      call, text throws(ValueProblem) in
      call.mesh.meshName = try Value.ofMesh(call, try Value.word(text))
    }.only(Subcommand.meshCommands).ofCall(),
    .callValues(
      "certificate", "ARN=CHAIN,KEY",
      "PEM files in the Envoy container that replace an ACM certificate"
    ) { call, values throws(ValueProblem) in
      for pair in try Value.ofMesh(call, try Value.namedValues(values)) {
        call.mesh.certificates.certificates[pair.name] = try Value.certificateFiles(pair.value)
      }
    }.only(Subcommand.meshCommands).ofCall(),
    .callValues(
      "authority", "ARN=FILE", "PEM file in the Envoy container that replaces an ACM authority"
    ) {
      call, values throws(ValueProblem) in
      for pair in try Value.ofMesh(call, try Value.namedValues(values)) {
        call.mesh.certificates.authorities[pair.name] = try Value.absolutePath(pair.value)
      }
    }.only(Subcommand.meshCommands).ofCall(),
    .callValue(
      "sds-socket", "PATH", "socket of the Secret Discovery Service in the Envoy container"
    ) {
      call, text throws(ValueProblem) in
      call.mesh.certificates.sdsSocketPath = try Value.ofMesh(call, try Value.absolutePath(text))
    }.only(Subcommand.meshCommands).ofCall(),
    OptionSpecification(
      name: "old-mesh-defaults", placeholder: nil, isRepeated: false,
      help: "use the defaults of accounts that had App Mesh before 2020-07-29"
    ) { call, values throws(ValueProblem) in
      guard try Value.flag(values.last ?? "true") else { return }
      call.mesh.defaults = try Value.ofMesh(call, .envoys)
    }.only(Subcommand.meshCommands).ofCall(),
  ]

  /// What only `mesh` knows.
  static let describing = only(
    .mesh,
    [
      .callValue("format", "FORMAT", "text, json or mermaid") {
        call, text throws(ValueProblem) in
        call.meshFormat = try Value.word(text, MeshFormat.self)
      }
    ])
}

extension Value {
  /// A value that means nothing without a mesh.
  fileprivate static func ofMesh<Value>(
    _ call: CallOptions, _ value: Value
  ) throws(ValueProblem) -> Value {
    guard call.mesh.files.isEmpty else { return value }
    throw ValueProblem("there is no mesh: give --mesh-file as well")
  }

  static func certificateFiles(
    _ text: String
  ) throws(ValueProblem) -> MeshCertificates.Files {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      throw ValueProblem("'\(text)' is not of the form CHAIN,KEY: two paths")
    }
    return MeshCertificates.Files(
      certificateChain: try absolutePath(parts[0]), privateKey: try absolutePath(parts[1]))
  }

  /// A path inside a container.
  static func absolutePath(_ text: String) throws(ValueProblem) -> String {
    guard try word(text).hasPrefix("/") else {
      throw ValueProblem("'\(text)' is no absolute path: it is one in Envoy's container")
    }
    return text
  }
}
