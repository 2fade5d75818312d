import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// A report of every edit of a document with its filter and reason.
struct InjectionReport {
  private let injection: Injection
  private let file: String
  private let redaction: Redaction

  init(_ injection: Injection, file: String, hiding redaction: Redaction) {
    self.injection = injection
    self.file = file
    self.redaction = redaction
  }

  /// The report for programs: every edit as an RFC 6902 operation with the former value and the reason. An edit
  /// whose values contain a secret is `masked`. Without such edits, applying the operations to the input gives
  /// the output.
  var json: [UInt8] {
    let edits = injection.edits.map { edit in
      let (before, after) = (edit.before.flatMap(Self.value), edit.after.flatMap(Self.value))
      let shown = (before: before.map(redaction.masked), after: after.map(redaction.masked))
      return JSONValue.object(
        [
          ("op", .string(edit.operation)), ("pointer", .string(edit.pointer.description)),
          ("before", shown.before), ("after", shown.after),
          ("masked", shown == (before, after) ? nil : true),
          ("filter", .string(edit.reason.filter)), ("reason", .string(edit.reason.text)),
        ].compactMap { (name, value: JSONValue?) in value.map { JSONValue.Member(name, $0) } })
    }
    let warnings = injection.warnings.map { warning -> JSONValue in
      [
        "code": .string(warning.code), "pointer": .string(warning.pointer.description),
        "message": .string(redaction.masked(warning.text.spelled)),
        "fix": .string(
          ([warning.fix.spelled] + warning.listing).map { redaction.masked($0) }
            .joined(separator: "\n")),
      ]
    }
    let report: JSONValue = [
      "file": .string(file), "family": injection.family.map(JSONValue.string) ?? .null,
      "outcome": .string(injection.outcome.rawValue), "edits": .array(edits),
      "warnings": .array(warnings), "labels": .array(injection.labelEffects.map(labels)),
    ]
    return Array(Printable.json(report).utf8)
  }

  /// The effect of docker labels on one task.
  private func labels(_ effect: LabelEffect) -> JSONValue {
    let set = effect.labels.map {
      JSONValue.Member($0.name, .string(redaction.masked($0.value)))
    }
    return [
      "task": effect.task.map(JSONValue.string) ?? .null, "optedOut": .bool(effect.isOptedOut),
      "set": .object(set), "portsLeftOut": .array(effect.ports.map(JSONValue.string)),
      "containersLeftOut": .array(effect.containers.map(JSONValue.string)),
    ]
  }

  /// The report for people, by filter in the order of the edits.
  var text: [UInt8] {
    var lines = ["\(injection.family ?? file): \(injection.outcome.sentence)"]
    for effect in injection.labelEffects {
      lines.append("  labels" + (effect.task.map { " of \($0)" } ?? ""))
      lines += effect.labels.map {
        "    \($0.name) = " + shortened(redaction.masked($0.value))
      }
      lines += effect.leftOut.map { "    left out: \($0)" }
    }
    var filter = ""
    for edit in injection.edits {
      if edit.reason.filter != filter {
        filter = edit.reason.filter
        lines.append("  \(filter)")
      }
      let pointer = edit.pointer.tokens.isEmpty ? "the document" : edit.pointer.description
      lines.append("    \(edit.operation) \(pointer): \(edit.reason.text)")
      lines += [("-", edit.before), ("+", edit.after)].compactMap { sign, value in
        value.map { "      \(sign) \(shortened($0))" }
      }
    }
    return Array((lines.map(Printable.line).joined(separator: "\n") + "\n").utf8)
  }

  /// Cuts a long value. `--report json` and `--diff` print all of it.
  private func shortened(_ text: String) -> String {
    let limit = 100
    let line = Self.value(text).map(redaction.masked)?.compactText ?? redaction.masked(text)
    return line.count <= limit ? line : line.prefix(limit) + "…"
  }

  private static func value(_ text: String) -> JSONValue? {
    (try? Document(Array(text.utf8))).map { $0.value($0.root) }
  }
}

extension Injection.Outcome {
  var sentence: String {
    switch self {
    case .injected: "injected"
    case .made: "made"
    case .upToDate: "up to date"
    case .incomplete: "unchanged and not fully injected: a filter that Envoy needs is disabled"
    case .optedOut: "left as it is: a label inject-envoy.io/inject says disabled"
    case .noTaskDefinition: "left as it is: the template has no task definition"
    case .uninjected: "uninjected"
    case .notInjected: "nothing to remove"
    }
  }
}
