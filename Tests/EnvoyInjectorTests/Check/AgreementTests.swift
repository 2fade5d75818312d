import EnvoyBootstrap
import Foundation
import LosslessJSON
import Surroundings
import TaskChecks
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// `check` and `inject` agree about every document. If inject rejects it, check reports all of the errors.
/// If check calls it current, inject does not change it.
@Suite struct AgreementTests {
  /// The folders of testdata, and of the corpus if it exists.
  private static let folders = SlowProofs.sample(
    of: Folders.entries(of: Folders.testdata) + Folders.entries(of: Folders.shared("corpus")),
    every: 3)

  private static func injectors() throws -> [(name: String, injector: Injector)] {
    var withoutRedirection = InjectionOptions()
    withoutRedirection.disabledFilters = [RedirectTraffic.name]
    var withoutMark = InjectionOptions()
    withoutMark.disabledFilters = [MarkInjected.name]
    var strict = InjectionOptions()
    strict.requireRoles = true
    let all = [InjectionOptions(), withoutRedirection, withoutMark, strict]
    return zip(["plain", "without redirection", "without mark", "strict"], all)
      .map { ($0, Injector($1)) }
  }

  @Test(arguments: folders.map(\.lastPathComponent)) func agree(_ folder: String) throws {
    let folders = Self.folders.filter { $0.lastPathComponent == folder }
    let files = folders.flatMap { Folders.entries(of: $0) }
      .filter { ["json", "yaml", "yml"].contains($0.pathExtension) }
      .filter { !$0.lastPathComponent.hasPrefix("inject-envoy.") }
    // A folder of testdata has one or two files.
    for file in files.count < 4 ? files : SlowProofs.sample(of: files, every: 20) {
      let bytes = try #require(Folders.bytes(file))
      for (name, injector) in try Self.injectors() {
        expectAgreement(injector, bytes, "\(folder)/\(file.lastPathComponent), \(name)")
        guard let output = try? injector.inject(bytes).output, output != bytes else { continue }
        expectAgreement(injector, output, "\(folder)/\(file.lastPathComponent), \(name), injected")
      }
    }
  }

  @Test func agreeOnGateways() throws {
    var upstream = InjectionOptions()
    upstream.upstreams = [try Upstream("web=web.internal:8080")]
    let appMesh = InjectionOptions(
      controlPlane: .appMesh(try AppMeshResource("mesh/shop/virtualGateway/door")))
    for options in [upstream, appMesh] {
      let bytes = try Gateway(options, GatewayOptions()).taskDefinition().output
      for (name, injector) in try Self.injectors() {
        expectAgreement(injector, bytes, "a gateway, \(name)")
        #expect(injector.check(bytes).obstacles.map(\.code) == ["gateway"])
      }
    }
  }

  private func expectAgreement(_ injector: Injector, _ bytes: [UInt8], _ name: String) {
    let check = injector.check(bytes)
    let errors = check.findings.filter { $0.severity == .error }.map(\.code)
    do {
      let outcome = try injector.inject(bytes).outcome
      #expect(check.obstacles.isEmpty, "\(name): \(check.obstacles.map(\.code))")
      let states: [DocumentCheck.State] =
        switch outcome {
        case .upToDate: [.current]
        case .incomplete: [.incomplete]
        case .noTaskDefinition: [.noTaskDefinition]
        case .optedOut: [.optedOut]
        // A document can contain the injected values in another layout.
        case .injected: [.notInjected, .outdated, .current, .incomplete]
        case .made, .uninjected, .notInjected: [.notInjected]
        }
      #expect(states.contains(check.state), "\(name): \(outcome), but \(check.state)")
    } catch InjectionError.refused(let findings) {
      let refusals = findings.filter { $0.severity == .error }.map(\.code)
      #expect(
        !errors.isEmpty && Set(refusals).isSubset(of: errors), "\(name): \(refusals), \(errors)")
      #expect([.notInjectable, .foreign, .gateway].contains(check.state), "\(name)")
    } catch {
      #expect(!errors.isEmpty, "\(name): \(error)")
    }
  }
}
