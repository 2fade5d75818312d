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

let program = "\(scratch)/release/inject-envoy"
let appMesh = ["--virtual-node", "mesh/m/virtualNode/n"]

func ours(_ name: String, _ arguments: [String]) -> Contender {
  Contender(name: "inject-envoy\(name)", command: [program] + arguments + ["--quiet"])
}

func contenders(jq jqScript: String, python arguments: [String] = []) -> [Contender] {
  let script = ["python3", "\(sources)/inject.py"]
  let json = Contender(name: "python3, json", command: script + arguments)
  let orjson = Contender(name: "python3, orjson", command: script + ["orjson"] + arguments)
  let test = Contender(name: "orjson", command: ["python3", "-c", "import orjson"])
  let hasOrjson = (try? test.run(input: "/dev/null")) != nil
  return [
    ours("", appMesh),
    Contender(name: "C, json-c", command: ["\(scratch)/inject"]),
    Contender(name: "jq", command: ["jq", "-c", "-f", "\(sources)/\(jqScript)"]),
    json,
  ] + (hasOrjson ? [orjson] : [])
}

/// Writes what a contender makes of an input.
func made(_ name: String, by contender: Contender, from input: String) throws -> String {
  let output = "\(scratch)/\(name)"
  _ = try contender.run(input: input, output: output)
  return output
}

/// One document from start to end, and what a start consists of.
func compareStarts(_ workload: Workload) throws -> [Goal] {
  let table = try Table(
    "One document of 4 KB, from start to end",
    contenders(jq: "inject.jq") + [ours(", static mode", [])],
    input: workload.document, rounds: 41
  ) { Instructions.count(of: $0.command, input: workload.document) }
  table.print()
  var goals = [Goal("start: time, compared with the C program", 1 / table.ratio(1), .atMost(2))]
  let version = Instructions.count(of: [program, "--version"], input: "/dev/null")
  let counts = [version, table.instructions.first ?? nil, table.instructions.last ?? nil]
  if case (let version?, let other?, let whole?) = (counts[0], counts[1], counts[2]) {
    print("\nIn thousand instructions: the program and its table of options \(version / 1000),")
    print("options, stages and a document in App Mesh mode \((other - version) / 1000) more,")
    print(
      "Envoy's configuration for the first document in static mode \((whole - other) / 1000) more")
    goals.append(
      Goal(
        "start: million instructions for a document in static mode", Double(whole) / 1e6, .atMost(5)
      ))
  }
  return goals
}

/// A stream on one core: both modes, and the other commands that read streams.
func compareStreams(_ workload: Workload) throws -> [Goal] {
  let usual = contenders(jq: "inject.jq", python: ["stream"])
  let staticMode = ours(", static mode", [])
  let injected = try made("injected.ndjson", by: staticMode, from: workload.stream)
  let table = try Table(
    "A stream of \(workload.streamCount) such documents, one a line, on one core; instructions "
      + "for each document",
    (usual + [staticMode, ours(" check", ["check"])]).map { $0.on(cores: 1) },
    input: workload.stream, rounds: 7
  ) { contender in
    guard let long = Instructions.count(of: contender.command, input: workload.longStream),
      let short = Instructions.count(of: contender.command, input: workload.shortStream)
    else { return nil }
    return (long - short) / Workload.streamDifference
  }
  table.print()
  let (staticPlace, check) = (usual.count, usual.count + 1)
  let uninject = try ours(" uninject", ["uninject"]).on(cores: 1).run(input: injected)
  let share = uninject.seconds / table.best[staticPlace].seconds
  print("\nuninject of what static mode makes of that stream: \(share.short) times its time")
  let thousands = table.instructions.map { $0.map { Double($0) / 1000 } }
  let mebibytes = Double(table.best[staticPlace].peakBytes) / 1_048_576
  return [
    thousands[staticPlace].map {
      Goal("stream: thousand instructions a document, static mode", $0, .atMost(700))
    },
    thousands[0].map {
      Goal("stream: thousand instructions a document, App Mesh mode", $0, .atMost(470))
    },
    Goal(
      "stream: time of static mode, compared with App Mesh mode", table.ratio(staticPlace),
      .atMost(2)),
    Goal(
      "stream: time of check, compared with static mode",
      table.ratio(check) / table.ratio(staticPlace), .atMost(1)),
    Goal("stream: MiB of memory in static mode", mebibytes, .atMost(20)),
  ].compactMap(\.self)
}

/// The speed on two cores as a multiple of that on one.
func compareCores(_ workload: Workload) throws -> [Goal] {
  guard sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1 else { return [] }
  return try [ours("", appMesh), ours(", static mode", [])].map { contender in
    let runs = try (1...7).map { _ in
      (
        try contender.on(cores: 1).run(input: workload.stream).seconds,
        try contender.on(cores: 2).run(input: workload.stream).seconds
      )
    }
    let (one, two) = runs.reduce((Double.infinity, Double.infinity)) {
      (min($0.0, $1.0), min($0.1, $1.1))
    }
    return Goal("two cores, compared with one: \(contender.name)", one / two, .atLeast(1.7))
  }
}

/// A large template: other programs, both modes, and the commands that report.
func compareTemplates(_ workload: Workload) throws -> [Goal] {
  let usual = contenders(jq: "inject-template.jq")
  let table = try Table(
    "A CloudFormation template of 40 MB; instructions for one of 0.4 MB", usual,
    input: workload.template, rounds: 3
  ) { Instructions.count(of: $0.command, input: workload.smallTemplate) }
  table.print()
  let size = Double(Workload.templateBytes)
  var goals: [Goal] = []
  for (name, arguments) in [("App Mesh mode", appMesh), ("static mode", [])] {
    let contender = ours("", arguments)
    let inject = try contender.run(input: workload.template)
    goals.append(
      Goal(
        "template, \(name): memory, compared with its size", Double(inject.peakBytes) / size,
        .atMost(6)))
    for command in [["check"], ["--diff"], ["--report", "json"]] {
      let run = try ours("", command + arguments).run(input: workload.template, mayFail: true)
      let ratio = run.seconds / inject.seconds
      let words = command.joined(separator: " ")
      goals.append(
        Goal("template, \(name): time of \(words), compared with injection", ratio, .atMost(3)))
    }
  }
  return goals + [try injectAgain(workload)]
}

/// Only in App Mesh mode, because a document has at most 64 MiB and static mode more than doubles the template.
func injectAgain(_ workload: Workload) throws -> Goal {
  let injected = try made("injected.json", by: ours("", appMesh), from: workload.template)
  let again = try ours("", appMesh).run(input: injected)
  return Goal(
    "template, App Mesh mode: memory when the result is injected, compared with its size",
    Double(again.peakBytes) / Double(try Workload.size(of: injected)), .atMost(6))
}

func compileMesh(_ workload: Workload) throws -> [Goal] {
  let mesh = Contender(
    name: "inject-envoy mesh",
    command: [program, "mesh", "--output", "\(scratch)/mesh", workload.mesh])
  let seconds = try (1...3).map { _ in try mesh.run(input: "/dev/null").seconds }.min() ?? 0
  return [Goal("mesh --output of \(Workload.meshCount) nodes: seconds", seconds, .atMost(2))]
}

func compare() throws {
  try build()
  let workload = try Workload(folder: scratch)
  try Agreement.check(contenders(jq: "inject.jq"), on: workload.document, scratch: scratch)
  try Agreement.check(
    contenders(jq: "inject-template.jq"), on: workload.smallTemplate, scratch: scratch)
  Goal.print(
    try compareStarts(workload) + compareStreams(workload) + compareCores(workload)
      + compareTemplates(workload) + compileMesh(workload))
}

do {
  try compare()
} catch {
  print((error as? Failure)?.text ?? "\(error)")
  exit(1)
}
