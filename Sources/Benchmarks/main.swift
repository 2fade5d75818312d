import Glibc

// Compares the static release build with jq, Python and a C program:
//     swift run -c release benchmarks
// Run it in the package's folder. Compare ratios, because seconds differ between machines.

let scratch = ".build-benchmark"
let sources = "Sources/Benchmarks"

/// Builds like the README, so that the delivered program is measured.
func build() throws {
  let release = [
    "swift", "build", "-c", "release", "-Xswiftc", "-static-executable", "-Xlinker", "-s",
    "--scratch-path", scratch, "--product", "inject-envoy",
  ]
  let compiler = ["cc", "-O2", "\(sources)/inject.c", "-ljson-c", "-o", "\(scratch)/inject"]
  for command in [release, compiler] {
    print("building: \(command.joined(separator: " "))")
    fflush(nil)
    _ = try Contender(name: command[0], command: command).run(input: "/dev/null")
  }
}

func contenders(jq script: String, python arguments: [String] = []) -> [Contender] {
  let options = ["--virtual-node", "mesh/m/virtualNode/n", "--quiet"]
  return [
    Contender(name: "inject-envoy", command: ["\(scratch)/release/inject-envoy"] + options),
    Contender(name: "C, json-c", command: ["\(scratch)/inject"]),
    Contender(name: "jq", command: ["jq", "-c", "-f", "\(sources)/\(script)"]),
    Contender(name: "python3, json", command: ["python3", "\(sources)/inject.py"] + arguments),
  ]
}

func compare() throws {
  try build()
  let workload = try Workload(folder: scratch)
  let single = contenders(jq: "inject.jq")
  let streaming = contenders(jq: "inject.jq", python: ["stream"])
  // No other contender makes an Envoy configuration.
  let staticMode = Contender(
    name: "inject-envoy, static mode", command: ["\(scratch)/release/inject-envoy", "--quiet"])
  let templates = contenders(jq: "inject-template.jq")
  try Agreement.check(single, on: workload.document, scratch: scratch)
  try Agreement.check(templates, on: workload.smallTemplate, scratch: scratch)

  let start = try Table(
    "One document of 4 KB, from start to end", single, input: workload.document, rounds: 41
  ) { Instructions.count(of: $0.command, input: workload.document) }
  start.print()
  let stream = try Table(
    "A stream of \(workload.streamCount) such documents, one a line, on one core; instructions "
      + "for each document", (streaming + [staticMode]).map { $0.on(cores: 1) },
    input: workload.stream, rounds: 11
  ) { contender in
    guard let long = Instructions.count(of: contender.command, input: workload.longStream),
      let short = Instructions.count(of: contender.command, input: workload.shortStream)
    else { return nil }
    return (long - short) / Workload.streamDifference
  }
  stream.print()
  if sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1 {
    let (one, two) = try (1...11).map { _ in
      (
        try streaming[0].on(cores: 1).run(input: workload.stream).seconds,
        try streaming[0].on(cores: 2).run(input: workload.stream).seconds
      )
    }.reduce((Double.infinity, Double.infinity)) { (min($0.0, $1.0), min($0.1, $1.1)) }
    print("\nThe same stream on two cores: \((one / two).short) times as fast as on one")
  }
  let template = try Table(
    "A CloudFormation template of 40 MB; instructions for one of 0.4 MB", templates,
    input: workload.template, rounds: 3
  ) { Instructions.count(of: $0.command, input: workload.smallTemplate) }
  template.print()
  let memory = Double(template.best[0].peakBytes) / Double(Workload.templateBytes)
  print("\ninject-envoy's memory: \(memory.short) times the template")
}

do {
  try compare()
} catch {
  print((error as? Failure)?.text ?? "\(error)")
  exit(1)
}
