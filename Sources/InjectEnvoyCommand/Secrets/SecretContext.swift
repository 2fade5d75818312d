/// Finds secrets by the words before them: `token=X`, `Bearer X`, `user:X@host`, `--password X`.
struct SecretContext {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Whether options and lines such as `password: X` count. They do not in messages, which name options without
  /// values.
  private let hasOptions: Bool
  private var found: [Range<Int>] = []
  /// The start of the current name.
  private var word = 0
  /// The start of the current text between spaces and quotes.
  private var piece = 0
  /// Whether the text names a program whose option `-p` takes a password.
  private var takesPassword = false

  /// The places of the secrets, in order.
  ///
  /// - Parameter hasOptions: whether the text is a value of a document, which can be a command.
  static func secrets(
    in bytes: UnsafeBufferPointer<UInt8>, hasOptions: Bool
  ) -> [Range<Int>] {
    var context = SecretContext(bytes, hasOptions)
    context.scan()
    return context.found
  }

  /// Whether the next argument of a command is a secret, according to this one.
  static func announcesArgument(_ argument: String) -> Bool {
    argument.hasPrefix("-") && !argument.contains("=") && SecretName.announcesSecret(argument)
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, _ hasOptions: Bool) {
    self.bytes = bytes
    self.hasOptions = hasOptions
  }

  private mutating func scan() {
    let isNamePart = Self.isNamePart
    var index = 0
    while index < bytes.count {
      // Most bytes are part of a name.
      while index < bytes.count, isNamePart[Int(bytes[index])] { index += 1 }
      guard index < bytes.count else { break }
      switch bytes[index] {
      case UInt8(ascii: "="): index = assignment(at: index)
      case UInt8(ascii: ":"): index = line(at: index)
      case UInt8(ascii: "@"):
        if let password = password(before: index) { found.append(password) }
        index = next(index)
      case let byte where Self.isBlank(byte):
        index = blank(at: index)
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        index = next(index)
        piece = index
      default: index = next(index)
      }
    }
    if hasOptions, let password = attachedPassword(to: bytes.count) { found.append(password) }
  }

  /// Records that a name can begin after the byte.
  private mutating func next(_ index: Int) -> Int {
    word = index + 1
    return word
  }

  private mutating func add(_ range: Range<Int>) -> Int {
    if range.contains(where: { Self.isAlphanumeric(bytes[$0]) }) { found.append(range) }
    (word, piece) = (range.upperBound, range.upperBound)
    return range.upperBound
  }

  // MARK: Forms

  /// `PASSWORD=X`, `?token=X`, `AccountKey=X;`.
  private mutating func assignment(at index: Int) -> Int {
    guard announces(word..<index) else { return next(index) }
    return max(add(value(from: index + 1)), index + 1)
  }

  /// `password: X` on a line of text.
  private mutating func line(at index: Int) -> Int {
    guard hasOptions, index + 1 < bytes.count, Self.isBlank(bytes[index + 1]),
      announces(word..<index)
    else { return next(index) }
    return max(add(value(from: end(of: bytes[(index + 1)...], Self.isSpace))), index + 1)
  }

  /// Reads the text after a space: the value of an option, or the credentials of a scheme.
  private mutating func blank(at index: Int) -> Int {
    let start = end(of: bytes[index...], Self.isBlank)
    guard word < index else {
      (word, piece) = (start, start)
      return start
    }
    let name = bytes[word..<index]
    if let password = hasOptions ? attachedPassword(to: index) : nil {
      found.append(password)
    } else if isSpelled(name, "bearer") || isSpelled(name, "basic") {
      if let token = token(from: start) { return add(token) }
    } else if hasOptions, start < bytes.count, bytes[start] != UInt8(ascii: "-"),
      name.first == UInt8(ascii: "-")
    {
      if isSpelled(name, "-u") || isSpelled(name, "--user") {
        if let password = credentials(from: start) { return add(password) }
      } else if announces(word..<index) || (takesPassword && isSpelled(name, "-p")) {
        return max(add(value(from: start)), start)
      }
    }
    takesPassword = takesPassword || Self.programs.contains { isSpelled(name, $0) }
    (word, piece) = (start, start)
    return start
  }

  private static let programs = [
    "mysql", "mysqldump", "mysqladmin", "mariadb", "mongo", "mongosh", "sshpass",
  ]

  /// `-pX`
  private func attachedPassword(to end: Int) -> Range<Int>? {
    guard takesPassword, word + 2 < end, bytes[word] == UInt8(ascii: "-"),
      bytes[word + 1] == UInt8(ascii: "p")
    else { return nil }
    return word + 2..<end
  }

  /// A word with more than letters, so that `Basic authentication` has no secret.
  private func token(from start: Int) -> Range<Int>? {
    let end = end(of: bytes[start...]) { Self.isName($0) || "~+/=:".utf8.contains($0) }
    let text = bytes[start..<end]
    let isEncoded = text.dropFirst().contains { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || byte == UInt8(ascii: "=")
    }
    return text.count >= 4 && isEncoded ? start..<end : nil
  }

  /// The secret in `user:X`, which must not be a user id and a group id.
  private func credentials(from start: Int) -> Range<Int>? {
    let whole = value(from: start)
    guard let colon = bytes[whole].firstIndex(of: UInt8(ascii: ":")), colon > whole.lowerBound,
      bytes[whole].contains(where: { !(0x30...0x3A).contains($0) })
    else { return nil }
    return colon + 1..<whole.upperBound
  }

  /// The secret in `user:X@host`. ``SecretPattern`` handles text after `://`. The digest of an image follows
  /// its tag in the same form.
  private func password(before at: Int) -> Range<Int>? {
    let text = bytes[piece..<at]
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > piece, colon + 1 < at,
      !text.contains(UInt8(ascii: "/")), at + 1 < bytes.count, Self.isAlphanumeric(bytes[at + 1]),
      !bytes[(at + 1)...].starts(with: "sha256:".utf8)
    else { return nil }
    return colon + 1..<at
  }

  // MARK: Texts

  /// A quoted text, or the text up to a space or a character that ends a value.
  private func value(from start: Int) -> Range<Int> {
    guard start < bytes.count else { return bytes.count..<bytes.count }
    // A shell variable or a placeholder is not a secret.
    if bytes[start] == UInt8(ascii: "$") || bytes[start...].starts(with: "{{".utf8) {
      return start..<start
    }
    let quote = bytes[start]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      return start + 1..<end(of: bytes[(start + 1)...]) { $0 != quote && $0 != 0x0A }
    }
    return
      start..<end(of: bytes[start...]) {
        !Self.isBlank($0) && !#"&;,"')}]|<>\"#.utf8.contains($0)
      }
  }

  private func end(
    of text: Slice<UnsafeBufferPointer<UInt8>>, _ isInside: (UInt8) -> Bool
  ) -> Int {
    text.firstIndex { !isInside($0) } ?? text.endIndex
  }

  private func announces(_ name: Range<Int>) -> Bool {
    !name.isEmpty && name.count <= 128
      && SecretName.announcesSecret(UnsafeBufferPointer(rebasing: bytes[name]))
  }

  /// - Parameter word: the word in lower case.
  private func isSpelled(_ text: Slice<UnsafeBufferPointer<UInt8>>, _ word: String) -> Bool {
    text.count == word.utf8.count && zip(text, word.utf8).allSatisfy { ($0 | 0x20) == ($1 | 0x20) }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: false
    }
  }

  private static func isName(_ byte: UInt8) -> Bool { isNamePart[Int(byte)] }

  /// Indexed by bytes. A table, because every byte of every text in a document is looked up.
  private static let isNamePart: [Bool] = (0...UInt8.max).map { byte in
    isAlphanumeric(byte) || "_-.".utf8.contains(byte)
  }
}
