import LosslessJSON
package import TaskDefinitions

/// Refuses Envoy's images without a shell: nothing in them could run a health check, which the
/// applications wait for, or let requests finish before Envoy stops.
package struct RequireShell: Check {
  package static let name = "require-shell"
  package static let summary =
    "refuse Envoy images without a shell: no health check could run in them"

  package let image: String

  package init(image: String) {
    self.image = image
  }

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    guard ImageReference(image).isDistroless else { return }
    findings.add(
      .noShell(image), at: task.envoy.flatMap { task.node(.image, of: $0) }, in: task.document)
  }
}

extension ImageReference {
  /// Whether it says itself that it has no shell.
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

extension Message {
  fileprivate static func noShell(_ image: String) -> Self {
    Self(
      .imageWithoutShell,
      "the image '\(image)' has no shell, so no health check can run in it, and applications that "
        + "wait for Envoy would never start")
  }
}
