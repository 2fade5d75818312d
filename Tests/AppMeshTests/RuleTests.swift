import AppMesh
import LosslessJSON
import Testing

@Suite struct MeshRuleTests {
  @Test func codesAreUniqueNames() {
    let codes = MeshRules.all.map(\.code)
    #expect(Set(codes).count == codes.count)
    for code in codes { #expect(code.allSatisfy { $0.isLowercase || $0 == "-" }, "\(code)") }
  }

  @Test(arguments: MeshRules.all)
  func wordingsAreSentences(rule: Rule) {
    for text in [rule.text.description, rule.fix.description] {
      #expect(text.hasSuffix(".") || text.hasSuffix("}"), "\(text)")
      #expect(!text.contains("--") || text.contains("'aws "), "names a flag: \(text)")
      #expect(!["Of ", "By ", "With ", "For ", "What "].contains { text.hasPrefix($0) }, "\(text)")
    }
    #expect(rule.fix.description.first?.isUppercase == true)
  }

  @Test func settingsThatMessagesNameAreListed() {
    for rule in MeshRules.all {
      let named = rule.text.settings + rule.fix.settings
      #expect(named.allSatisfy { Setting.allOfAppMesh.contains($0) }, "\(rule.code)")
    }
  }
}
