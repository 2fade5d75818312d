import CommandTesting
import Testing

@testable import InjectEnvoyCommand

/// Secrets that are recognized by the words before them.
@Suite struct SecretContextTests {
  private static func masked(_ text: String, hasOptions: Bool = true) -> String {
    var text = text
    return text.withUTF8 { bytes in
      var masked = ""
      var rest = 0
      for secret in SecretContext.secrets(in: bytes, hasOptions: hasOptions) {
        masked += String(decoding: bytes[rest..<secret.lowerBound], as: UTF8.self) + "***"
        rest = secret.upperBound
      }
      return masked + String(decoding: bytes[rest...], as: UTF8.self)
    }
  }

  @Test(arguments: [
    ("DB_PASSWORD=hunter2 run", "DB_PASSWORD=*** run"), ("--token=abc", "--token=***"),
    ("https://a.example/x?token=abc&b=c", "https://a.example/x?token=***&b=c"),
    ("Server=db;Password=a b;Port=1", "Server=db;Password=*** b;Port=1"),
    ("AccountKey=abc==;x", "AccountKey=***;x"), (#"password="a b" c"#, #"password="***" c"#),
    ("Authorization: Bearer abc1", "Authorization: *** abc1"), ("bearer Abc1.d", "bearer ***"),
    ("Basic dXNlcjpwdw==", "Basic ***"), ("user:pw@host/x", "user:***@host/x"),
    ("curl -u admin:pw http://x", "curl -u admin:*** http://x"),
    ("a --password hunter2 b", "a --password *** b"),
    ("a --password 'x y' b", "a --password '***' b"),
    ("mysql -phunter2 shop", "mysql -p*** shop"), ("mysql -h db -p hunter2", "mysql -h db -p ***"),
    ("user: a\npassword: hunter2\n", "user: a\npassword: ***\n"),
    (#"api_key: "x y""#, #"api_key: "***""#),
  ])
  func hides(_ text: String, _ masked: String) { #expect(Self.masked(text) == masked) }

  @Test(arguments: [
    "SHIPPING_URL=https://a.example", "--password $DB_PASSWORD", "PASSWORD=${X}", "PASSWORD=",
    "PASSWORD_FILE=/run/x", "web:7@sha256:abc", "-u 1000:1000", "mkdir -p data", "docker -p 80:80",
    "--password --verbose", "Basic authentication", "Bearer of news", "http://a:80/b@c", "a@b",
    "password:", "token:x", "", "=", "::", "@", "--password",
  ])
  func leaves(_ text: String) { #expect(Self.masked(text) == text) }

  /// Our own messages name options, and the words after them are not values.
  @Test func messagesKeepTheirOptions() {
    let text = "give it with --secret or --env, secret: NAME=ARN"
    #expect(SecretPattern.masked(text) == text)
    #expect(SecretPattern.masked("'TOKEN=abc' is wrong") == "'TOKEN=***' is wrong")
  }

  @Test func argumentsFollowTheirOptions() throws {
    let input = Sample.web.replacing(
      "\n  ]\n}",
      with: """
        ,
            {"name": "job", "image": "job:1", "command": ["run", "--api-key", "hunter2", "-x"],
             "entryPoint": ["sh", "-c", "curl -u admin:swordfish http://a"]}
          ]
        }
        """)
    let outcome = try Outcome.ofCommand(["--diff"], input: input)
    #expect(outcome.output.contains("***") || !outcome.output.contains("api-key"))
    #expect(!outcome.output.contains("hunter2") && !outcome.output.contains("swordfish"))
  }

  /// U+009B starts an escape sequence, like ESC.
  @Test func diffsEscapeControlCharacters() throws {
    let input = Sample.web.replacing(
      "\"family\"", with: "\"x\": \"\u{9B}2J\u{202E}\",\n  \"family\"")
    let outcome = try Outcome.ofCommand(["--diff"], input: input)
    #expect(!outcome.output.unicodeScalars.contains { ["\u{9B}", "\u{202E}"].contains($0) })
    let plain = Printable.contents(Array("+\t\"a\"\r\n ::error::x\n+::y ##[group]\n\u{1B}[2J".utf8))
    #expect(
      String(decoding: plain, as: UTF8.self)
        == "+\t\"a\"\r\n \\::error::x\n+::y ##\\[group]\n\\u001b[2J")
  }
}
