import Glibc

// Compares the static release build with jq at the same job, in one run:
//     swift run -c release benchmarks [DOCUMENT]
// from the package's folder. Ratios count: seconds differ from machine to machine.

let document =
  CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : "testdata/fargate-web/input.json"
let scratch = ".build-static"
let build = [
  "swift", "build", "-c", "release", "-Xswiftc", "-static-executable", "--scratch-path", scratch,
  "--product", "inject-envoy",
]
print("building: \(build.joined(separator: " "))")
guard Contender(name: "swift build", command: build).seconds(input: "/dev/null") != nil else {
  print("the release build failed")
  exit(1)
}

let options = ["--virtual-node", "mesh/m/virtualNode/n", "--quiet"]
let ours = Contender(name: "inject-envoy", command: ["\(scratch)/release/inject-envoy"] + options)
let contenders = [
  ours,
  Contender(name: "jq", command: ["jq", "-f", "Sources/Benchmarks/inject.jq"]),
]
let rounds = 41
var times: [[Double]] = contenders.map { _ in [] }
// One after the other in each round: a slow moment of the machine meets all of them.
for _ in 0..<rounds {
  for (index, contender) in contenders.enumerated() {
    guard let seconds = contender.seconds(input: document) else {
      print("\(contender.name) can't be run on \(document)")
      exit(1)
    }
    times[index].append(seconds)
  }
}
let medians = times.map { $0.sorted()[rounds / 2] }
for (contender, median) in zip(contenders, medians) {
  let milliseconds = (median * 100_000).rounded() / 100
  let ratio = (median / medians[0] * 10).rounded() / 10
  print("\(contender.name): \(milliseconds) ms, \(ratio) times ours")
}
let count = Instructions.count(of: ours.command, input: document)
print("inject-envoy: \(count.map { String($0) } ?? "valgrind is missing:") instructions")
