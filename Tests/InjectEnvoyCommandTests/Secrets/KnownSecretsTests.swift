import Testing

@testable import InjectEnvoyCommand

@Suite struct KnownSecretsTests {
  private static let secrets: KnownSecrets = {
    var secrets = KnownSecrets()
    for secret in ["abcdef", "xxabc", "abcd", "pin", "grüße", "arn:aws:iam::1:role/a", "true"] {
      secrets.add(secret, .known)
    }
    secrets.add("added", .new)
    secrets.add("abcd", .new)
    return secrets
  }()

  @Test(arguments: [
    ("", ""), ("abc", "abc"), ("abcd", "***"), ("<abcd>", "<***>"), ("<abcdef>", "<***>"),
    ("abcdeabcdef", "***e***"),
    // If two secrets overlap, both are hidden completely.
    ("-xxabcdef-", "-***-"), ("xxabcd xxabc", "*** ***"),
    // Short secrets occur in other words by chance.
    ("pin", "***"), ("spinning", "spinning"),
    ("viele grüße!", "viele ***!"), ("is added", "is *** (new)"),
    ("arn:aws:iam::1:role/a", "arn:aws:iam::1:role/a"), ("true", "true"),
  ])
  func hides(_ text: String, _ masked: String) { #expect(Self.secrets.masked(text) == masked) }

  @Test func aSecretThatRepeatsItselfIsOne() {
    var secrets = KnownSecrets()
    secrets.add("aaaa", .known)
    #expect(secrets.masked("aaaaaaaaa b aaaa") == "*** b ***")
  }
}
