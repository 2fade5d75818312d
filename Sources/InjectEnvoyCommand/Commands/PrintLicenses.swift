/// `inject-envoy licenses`: what must go with every copy of the static binary.
struct PrintLicenses: Subcommand {
  static let description = CommandDescription(
    name: "licenses", summary: "Print the license, and the notices of what the binary contains",
    usage: "licenses", example: "inject-envoy licenses", audiences: [], operands: .nothing)

  init(_ call: Call) {}

  func run(_ streams: Streams) throws -> ExitStatus {
    try streams.write(Array(LicenseTexts.all.utf8))
    return .done
  }
}
