import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct MarkInjectedTests {
  @Test func writesVersionAndLedgerBesideTheUsersLabels() throws {
    let run = try FilterRun(
      MarkInjected(isGateway: false, meshResource: nil), on: task(containers: #""name": "app""#),
      envoy: ["name": "envoy", "dockerLabels": ["team": "web"]])
    let ledger =
      #"{\"format\":1,\"undo\":[{\"remove\":\"/containerDefinitions/=envoy\"}]}"#
    #expect(
      run.edits == [
        #"replace /containerDefinitions/1/dockerLabels {"team":"web","#
          + #""inject-envoy.io/version":"\#(Version.current)","inject-envoy.io/ledger":"\#(ledger)"}"#
      ])
  }

  @Test func marksAGatewayWithoutALedger() throws {
    let run = try FilterRun(
      MarkInjected(isGateway: true, meshResource: nil), on: task(), envoy: ["name": "envoy"])
    #expect(
      run.edits == [
        #"add /containerDefinitions/0/dockerLabels {"inject-envoy.io/version":"#
          + #""\#(Version.current)","inject-envoy.io/gateway":"true"}"#
      ])
  }
}
