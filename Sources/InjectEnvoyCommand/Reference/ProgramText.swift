/// Texts about the whole program that help and the manual page share.
enum ProgramText {
  static let purpose =
    "Adds an Envoy sidecar to an Amazon ECS task definition, and removes it again."
}
