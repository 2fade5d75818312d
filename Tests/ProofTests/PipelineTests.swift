import CommandTesting
import Foundation
import Surroundings
import Testing

/// The files for GitHub and for pre-commit, by the programs that judge and run them.
@Suite(.needsRealParts) struct PipelineTests {
  @Test func theActionAndTheWorkflowAreValidAndSafe() throws {
    let github = Folders.package.appendingPathComponent(".github").path
    for (schema, file) in [
      ("workflows", "workflows/release.yml"), ("actions", "actions/inject-envoy/action.yml"),
    ] {
      let outcome = try #require(Program(named: "check-jsonschema")).run(
        ["--builtin-schema", "vendor.github-\(schema)", "\(github)/\(file)"])
      #expect(outcome.status == 0, "\(outcome.output)")
    }
    let audit = try #require(Program(named: "zizmor")).run(["--offline", github])
    #expect(audit.status == 0, "\(audit.output)")
  }

  /// The first commit fails because the hook has changed the file. The second one passes.
  @Test(.timeLimit(.minutes(5))) func theHooksInjectAndCheck() throws {
    let folder = try TemporaryFolder()
    let hooks = try Folders.text(Folders.package.appendingPathComponent(".pre-commit-hooks.yaml"))
    let command = URL(fileURLWithPath: Program.injectEnvoy.path).deletingLastPathComponent().path
    let outcome = try Program(path: "/bin/bash").run(
      [
        "-euc",
        """
        mkdir hooks shop && cat > hooks/.pre-commit-hooks.yaml
        git -C hooks init -q && git -C hooks add .
        git -C hooks -c user.name=a -c user.email=a@localhost commit -qm hooks
        cp "$1" shop/taskdef.json
        cd shop && git init -q && git add .
        run() { pre-commit try-repo ../hooks "$1" --all-files; }
        if run inject-envoy; then exit 3; fi
        git add . && run inject-envoy && run inject-envoy-check
        """, "-", Folders.testdata.appendingPathComponent("fargate-minimal/input.json").path,
      ], environment: ["PATH": "\(command):\(Program.searchPath)", "HOME": folder.path],
      in: folder.path, input: hooks)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(
      try folder.text("shop/taskdef.json")
        == Folders.text(
          Folders.testdata.appendingPathComponent("fargate-minimal/expected.json")))
  }
}
