package import LosslessJSON
package import TaskDefinitions

/// Refuses Envoy images without a shell. They cannot run the health check that applications wait for,
/// nor the entry point that lets requests finish before Envoy stops.
package struct RequireShell: Check {
  package static let name = "require-shell"
  package static let summary =
    "Refuse Envoy images without a shell, in which no health check can run"

  package let image: String
  /// The container that has the image; `nil` before it is added.
  package let envoy: NodeID?

  package init(image: String, envoy: NodeID? = nil) {
    self.image = image
    self.envoy = envoy
  }

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    guard ImageReference(image).isDistroless else { return }
    findings.add(
      Self.imageWithoutShell, ["image": image],
      at: envoy.flatMap { task.node(.image, of: $0) }, in: task.document)
  }
}

extension ImageReference {
  /// Whether the name shows that the image has no shell.
  package var isDistroless: Bool {
    Self.isDistroless(repository) || tag.map(Self.isDistroless) == true
  }

  private static func isDistroless(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      bytes.indices.contains {
        bytes[$0] == UInt8(ascii: "d") && bytes[$0...].starts(with: "distroless".utf8)
      }
    }
  }
}

extension RequireShell {
  package static let rules = [imageWithoutShell]

  private static let imageWithoutShell = Rule.error(
    "image-without-shell",
    "The image '{image}' has no shell, so no health check can run in it. Applications that wait for "
      + "Envoy would never start.",
    fix: "Use the image without 'distroless', such as the default.",
    see: "https://www.envoyproxy.io/docs/envoy/latest/start/install")
}
