import Foundation
import RealEnvoy
import Testing

/// Finds mistakes in the tests' Python files without running them. `lint.py` lists them. Any Python 3
/// works.
struct PythonTests {
  @Test func nothingIsWrong() throws {
    let tests = Namespaces.folder.appending(path: "..").standardized.path
    let (status, output) = try lint(tests)
    #expect(status == 0, "\(output)")
  }

  @Test(arguments: [
    ("A = 1\nB = A\nA = 2\n", "3: A is already bound in line 1"),
    ("import os\n", "1: nothing uses the import os"),
    ("def f():\n    return missing\n", "2: missing is bound nowhere"),
    ("A = 1  #" + String(repeating: "-", count: 120) + "\n", "1: 128 characters"),
  ])
  func mistakesAreFound(text: String, mistake: String) throws {
    try withTemporaryFolder { folder in
      try Data(text.utf8).write(to: folder.appending(path: "file.py"))
      let (status, output) = try lint(folder.path)
      #expect(status == 1)
      #expect(output.contains("file.py:\(mistake)"), "\(output)")
    }
  }

  private func lint(_ folder: String) throws -> (status: Int32, output: String) {
    try RealEnvoy.run(
      "/usr/bin/env", "PYTHONDONTWRITEBYTECODE=1", "python3",
      Namespaces.folder.appending(path: "lint.py").path, folder)
  }
}
