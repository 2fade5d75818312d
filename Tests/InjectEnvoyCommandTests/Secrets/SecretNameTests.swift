import Testing

@testable import InjectEnvoyCommand

@Suite struct SecretNameTests {
  @Test(arguments: [
    "PASSWORD", "DB_PASSWORD", "dbPassword", "db-passwd", "PGPASSWORD", "DB_PASS", "SECRET",
    "CLIENT_SECRET", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "splunk-token", "API_KEY", "apiKey",
    "x-api-key", "PRIVATE_KEY", "TLS_PRIVATE_KEY_PEM", "SENTRY_DSN", "DATADOG_APIKEY",
    "AzureConnectionString", "Credentials", "BASIC_AUTH", "NEW_RELIC_LICENSE_KEY", "passphrase",
  ])
  func announces(_ name: String) { #expect(SecretName.announcesSecret(name)) }

  @Test(arguments: [
    "PATH", "LOG_LEVEL", "PASSENGER_COUNT", "AUTHOR", "COMPASS", "KEY", "PARTITION_KEY",
    "COMPATIBLE",
    "DB_PASSWORD_FILE", "SECRET_ARN", "TOKEN_TTL", "AUTH_ENABLED", "KEYCLOAK_URL", "", "-", "value",
  ])
  func saysNothing(_ name: String) { #expect(!SecretName.announcesSecret(name)) }
}
