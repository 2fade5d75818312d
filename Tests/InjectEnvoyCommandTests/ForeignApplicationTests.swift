import CommandTesting
import Testing

@testable import InjectEnvoyCommand

/// An application that is an Envoy itself, such as a gRPC-Web proxy, which the user keeps.
@Suite struct ForeignApplicationTests {
  private static let image = "envoyproxy/envoy-contrib:v1.40.0"
  private let document = Sample.pair.replacing("example.com/worker:1", with: image)

  /// The document with a label on the application that says what it is.
  private var labelled: String {
    document.replacing(
      #""image": "\#(Self.image)""#,
      with: #""image": "\#(Self.image)", "dockerLabels": "#
        + #"{"inject-envoy.io/skip-container": "worker"}"#)
  }

  @Test func theAdviceOfTheRefusalWorks() throws {
    let refusal = try Outcome.ofCommand([], input: document)
    #expect(refusal.status == 1)
    let advice = try #require(refusal.errors.split(separator: "keep it with ").last)
    let words = advice.prefix { $0 != "." }.split(separator: " ").map(String.init)
    #expect(words == ["--skip-container", "worker"])
    for command in [["inject"], ["inject", "--replace-foreign"], ["check"]] {
      #expect(try Outcome.ofCommand(command + words, input: document).status == 0)
    }
    let injected = try Outcome.ofCommand(words, input: document).output
    #expect(injected.contains(Self.image))
    #expect(try Outcome.ofCommand(["uninject"], input: injected).output == document)
  }

  @Test func theFixesKeepIt() throws {
    for command in [["inject", "--replace-foreign"], ["uninject", "--foreign"]] {
      let outcome = try Outcome.ofCommand(
        command + ["--skip-container", "worker"], input: document)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains(Self.image))
    }
  }

  @Test func aLabelKeepsItToo() throws {
    #expect(labelled != document)
    let commands = [["inject"], ["inject", "--replace-foreign"], ["uninject", "--foreign"]]
    for command in commands {
      let outcome = try Outcome.ofCommand(command, input: labelled)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains(Self.image))
    }
  }

  /// The label `user` is not allowed without an option, and has nothing to do with the removal.
  @Test func labelsForInjectionDoNotHinderTheRemoval() throws {
    let other = labelled.replacing("skip-container", with: "user")
    let outcome = try Outcome.ofCommand(["uninject", "--foreign"], input: other)
    #expect(outcome.status == 0)
    #expect(!outcome.output.contains(Self.image))
  }
}
