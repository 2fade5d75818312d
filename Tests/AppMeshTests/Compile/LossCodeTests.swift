import AppMesh
import Testing

@Suite struct LossCodeTests {
  @Test func codesAreToldApart() {
    let codes = Loss.Code.compilingCodes
    #expect(Set(codes.map(\.name)).count == codes.count)
    for code in codes {
      #expect(!code.reason.hasSuffix(".") && !code.remedy.hasSuffix("."))
      #expect(code.name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(code.name)")
    }
  }
}
