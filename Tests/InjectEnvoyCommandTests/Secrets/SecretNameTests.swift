import Testing

@testable import InjectEnvoyCommand

@Suite struct SecretNameTests {
  @Test(arguments: [
    "PASSWORD", "DB_PASSWORD", "dbPassword", "db-passwd", "PGPASSWORD", "DB_PASS", "SECRET",
    "CLIENT_SECRET", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "splunk-token", "API_KEY", "apiKey",
    "x-api-key", "PRIVATE_KEY", "TLS_PRIVATE_KEY_PEM", "SENTRY_DSN", "DATADOG_APIKEY",
    "AzureConnectionString", "Credentials", "BASIC_AUTH", "NEW_RELIC_LICENSE_KEY", "passphrase",
    "p_a-s.s w/o:r=d", "JWT", "SESSION_COOKIE", "SESSION_ID", "ADMIN_OTP", "PIN", "DB_PW", "db-pw",
    "STRIPE_KEY", "sshKey", "TLS_CERT", "SLACK_WEBHOOK_URL", "LICENSE", "PASSWORD_SALT", "patDsn",
    "DB_DSN_2", "geheimnis–pass", "ÜberPasswordä", "éPwd", "密码token",
  ])
  func announces(_ name: String) {
    #expect(SecretName.announcesSecret(name))
    #expect(inADocument(name))
  }

  @Test(arguments: [
    "PATH", "LOG_LEVEL", "PASSENGER_COUNT", "AUTHOR", "COMPASS", "KEY", "PARTITION_KEY",
    "COMPATIBLE", "SHIPPING_URL", "SPINNER", "PINNED", "CERTAIN", "LOTP", "KEYS", "SORT_KEY",
    "object_key",
    "publicKey",
    "SESSION_TIMEOUT", "PWD_PATH",
    "DB_PASSWORD_FILE", "SECRET_ARN", "TOKEN_TTL", "AUTH_ENABLED", "KEYCLOAK_URL", "", "-", "value",
    "pass1word", "PASS1WORD", "Compatibilities", "secre", "passé", "épat", "toke_", "[\\]^",
  ])
  func saysNothing(_ name: String) {
    #expect(!SecretName.announcesSecret(name))
    #expect(!inADocument(name))
  }

  private func inADocument(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { SecretName.announcesSecret($0) }
  }
}
