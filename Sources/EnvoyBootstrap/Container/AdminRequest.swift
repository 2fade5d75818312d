/// Requests to Envoy's administration interface from bash, which the stock image has instead of
/// curl. Everything that varies is a number, so there is nothing to quote.
enum AdminRequest {
  /// Bash that opens the interface as file descriptor 3.
  static func open(adminPort: UInt16) -> String { "exec 3<>/dev/tcp/127.0.0.1/\(adminPort)" }

  /// Bash that sends the requests; the interface closes after the last. It refuses HTTP/1.0 (426).
  static func send(_ requestLines: [String]) -> String {
    let requests = requestLines.enumerated().map { index, line in
      let isLast = index == requestLines.count - 1
      return #"\#(line) HTTP/1.1\r\nHost: localhost\r\n"#
        + (isLast ? #"Connection: close\r\n\r\n"# : #"\r\n"#)
    }
    return "printf '\(requests.joined())' >&3"
  }
}
