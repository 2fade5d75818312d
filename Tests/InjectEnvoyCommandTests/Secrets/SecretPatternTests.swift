import Testing

@testable import InjectEnvoyCommand

@Suite struct SecretPatternTests {
  private static let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ"

  @Test(arguments: [
    ("postgres://web:hunter2@db/shop", "postgres://web:***@db/shop"),
    ("a=redis://:p@ss@cache:6379, b", "a=redis://:***@cache:6379, b"),
    ("key AKIAABCDEFGHIJKLMNOP.", "key ***"),
    ("ghp_\(letters)", "***"), ("(xoxb-1234567890-\(letters))", "(***)"),
    ("Bearer eyJhbGciOiJIUzI1NiJ9.\(letters).\(letters)", "Bearer ***"),
    (
      "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
      "***-----END RSA PRIVATE KEY-----"
    ),
    ("-----BEGIN PRIVATE KEY-----\nMIIE", "***"),
  ])
  func hides(_ text: String, _ masked: String) { #expect(SecretPattern.masked(text) == masked) }

  @Test(arguments: [
    "https://example.com/a:b@c", "https://user@example.com", "http://[::1]:80/", "AKIA", "MAKIA",
    "XAKIAABCDEFGHIJKLMNOP", "-----BEGIN CERTIFICATE-----\nMIIE", "eyJ", "a:b", "://", "",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf", "é://é:",
  ])
  func leaves(_ text: String) { #expect(SecretPattern.masked(text) == text) }
}
