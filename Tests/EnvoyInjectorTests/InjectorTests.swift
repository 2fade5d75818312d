import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct InjectorTests {
  private static let labelled = Injecting.web.replacing(
    #""web"}]"#, with: #""web", "dockerLabels": {"inject-envoy.io/LABEL"}}]"#)

  @Test func saysWhatItDid() throws {
    let injection = try Injecting.inject(Injecting.web)
    #expect(injection.outcome == .injected)
    #expect(injection.family == "web")
    #expect(injection.facts.first == "static")
    #expect(injection.facts.last == "0 app ports")
    #expect(injection.edits.first?.reason.filter == "add-envoy-container")
    #expect(injection.edits.last?.reason.filter == "mark-injected")
  }

  @Test func passesAnOptedOutDocumentUnchanged() throws {
    let text =
      "\u{FEFF}"
      + Self.labelled.replacing("LABEL\"", with: #"inject": "disabled""#)
      .replacing("awsvpc", with: "bridge") + " "
    let injection = try Injecting.inject(text)
    #expect(injection.outcome == .optedOut)
    #expect(injection.output == Array(text.utf8))
    #expect(injection.edits == [])
    #expect(injection.warnings == [])
  }

  @Test func upgradesInPlace() throws {
    let old = try Injecting.inject(Injecting.web) {
      $0.envoyName = "old"
      $0.tracing = .xray
    }
    let new = try Injecting.inject(old.text) { $0.logLevel = .debug }
    #expect(new.outcome == .injected)
    #expect(try new.text == Injecting.inject(Injecting.web) { $0.logLevel = .debug }.text)
    #expect(try Injecting.inject(new.text) { $0.logLevel = .debug }.outcome == .upToDate)
    #expect(try Injecting.uninject(new.text).text == Injecting.web)
  }

  @Test func hasNothingToTakeOut() throws {
    let injection = try Injecting.uninject(Injecting.web)
    #expect(injection.outcome == .notInjected)
    #expect(injection.text == Injecting.web)
  }

  @Test func givesTheLabelsOfTheTaskButNotOfItsEnvoy() throws {
    let text = Self.labelled.replacing("LABEL\"", with: #"user": "7""#)
    let injector = Injector(InjectionOptions()) { labels throws(Problem) in
      var options = InjectionOptions()
      options.user = labels.last { $0.name == "user" }.flatMap { Int($0.value) } ?? 1
      options.envoyContainer = ["dockerLabels": ["inject-envoy.io/user": "8"]]
      return options
    }
    let once = try injector.inject(Array(text.utf8))
    #expect(once.text.contains(#""user": "7""#))
    #expect(try injector.inject(once.output).outcome == .upToDate)
  }

  @Test func handsOnWhatIsWrongWithALabel() {
    let problem = Problem("no", fix: "yes")
    let injector = Injector(InjectionOptions()) { _ throws(Problem) in throw problem }
    let text = Self.labelled.replacing("LABEL\"", with: #"user": "7""#)
    let error = #expect(throws: InjectionError.self) { try injector.inject(Array(text.utf8)) }
    guard case .options(let found) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found.code == "wrong-label")
    #expect(found.text == problem.text)
    #expect(found.fix == problem.fix)
  }

  @Test func reportsAllProblemsAtOnce() {
    let text =
      #"{"networkMode": "host", "requiresCompatibilities": ["EXTERNAL"], "#
      + #""proxyConfiguration": {}, "containerDefinitions": [{"name": "envoy"}]}"#
    let codes = Injecting.refusals { try Injecting.inject(text) }.map {
      $0.split(separator: " ")[1]
    }
    #expect(codes == ["[not-awsvpc]", "[external]", "[foreign-proxy]", "[envoy-name-taken]"])
  }

  @Test func leavesOutDisabledFilters() throws {
    let injection = try Injecting.inject(Injecting.web) {
      $0.disabledFilters = ["redirect-traffic", "wait-for-envoy"]
    }
    #expect(!injection.text.contains("proxyConfiguration"))
    #expect(!injection.text.contains("dependsOn"))
  }
}

/// Findings refer to the input's bytes, even if the document was changed before.
@Suite struct PlaceTests {
  private func place(of code: String, in text: String) throws -> String {
    let bytes = Array(text.utf8)
    let error = #expect(throws: InjectionError.self) {
      try Injector(InjectionOptions()).inject(bytes)
    }
    let offset: Int? =
      switch error {
      case .refused(let findings): findings.first { $0.code == code }?.offset
      case .syntax(let error): error.offset
      default: nil
      }
    return String(decoding: bytes[try #require(offset)...].prefix(8), as: UTF8.self)
  }

  private static let host = #"{"networkMode": "host", "containerDefinitions": [{"name": "a"}]}"#

  @Test(arguments: [
    host, "\u{FEFF}" + host, #"{"taskDefinition": \#(host)}"#,
    #"{"revision": 1, \#(host.dropFirst())"#,
  ])
  func pointsIntoTheInput(text: String) throws {
    #expect(try place(of: "not-awsvpc", in: text) == #""host", "#)
  }

  @Test func pointsIntoAnInjectedDocument() throws {
    let injected = try Injecting.inject(Injecting.web).text
    let text = injected.replacing("awsvpc", with: "host")
    #expect(try place(of: "not-awsvpc", in: text) == #""host", "#)
  }

  @Test func pointsBehindAByteOrderMark() throws {
    #expect(try place(of: "syntax", in: "\u{FEFF}{\"a\": nope}") == "nope}")
  }
}
