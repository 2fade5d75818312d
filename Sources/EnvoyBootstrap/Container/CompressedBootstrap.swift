internal import CZLIB

/// Envoy's configuration as gzip in Base64, for an environment variable of Envoy's container.
///
/// A configuration is repetitive and shrinks to between a tenth and a thirtieth. The output is
/// deterministic, because the gzip header contains no time.
public struct CompressedBootstrap: Hashable, Sendable {
  /// The text of the configuration.
  public var configuration: String

  public init(configuration: String) { self.configuration = configuration }

  /// The environment variable that ``DrainEntryPoint`` reads.
  public static let variable = "ENVOY_BOOTSTRAP_GZIP_BASE64"

  /// The value of the variable.
  public var text: String { Base64.text(of: gzip(Array(configuration.utf8))) }

  /// Decompresses the text of a configuration.
  ///
  /// - Parameter text: the value of the variable.
  /// - Returns: `nil` if `text` is not gzip in Base64.
  public static func decompress(_ text: String) -> String? {
    Base64.bytes(of: text).flatMap(gunzip).map { String(decoding: $0, as: UTF8.self) }
  }

  /// A window of 32 KiB, and a gzip header and trailer (<https://zlib.net/manual.html#Advanced>).
  private static let gzipWindowBits: Int32 = 15 + 16
  /// The default of zlib.
  private static let memoryLevel: Int32 = 8

  private func gzip(_ input: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    // Fails only if there is no memory. Swift's own arrays trap in that case as well.
    let status = deflateInit2_(
      &stream, Z_BEST_COMPRESSION, Z_DEFLATED, Self.gzipWindowBits, Self.memoryLevel,
      Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib can't start")
    defer { deflateEnd(&stream) }
    let capacity = Int(deflateBound(&stream, UInt(input.count)))
    return stream.run(over: input, capacity: capacity) { deflate(&$0, Z_FINISH) } ?? []
  }

  private static func gunzip(_ input: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard
      inflateInit2_(
        &stream, gzipWindowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    // The last four bytes of a gzip stream are the uncompressed size (RFC 1952, 2.3.1).
    let size = input.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    // The maximum compression factor of deflate is 1032 (<https://zlib.net/zlib_tech.html>).
    guard size <= input.count * 1032 else { return nil }
    return stream.run(over: input, capacity: size) { inflate(&$0, Z_FINISH) }
  }
}

extension z_stream {
  /// - Parameter capacity: the maximum size of the result in bytes.
  /// - Returns: `nil` if the stream does not end exactly where the input ends.
  fileprivate mutating func run(
    over input: [UInt8], capacity: Int, step: (inout z_stream) -> Int32
  ) -> [UInt8]? {
    var input = input
    var isWhole = false
    let output = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      input.withUnsafeMutableBufferPointer { bytes in
        next_in = bytes.baseAddress
        avail_in = UInt32(clamping: bytes.count)
        next_out = buffer.baseAddress
        avail_out = UInt32(clamping: capacity)
        isWhole = step(&self) == Z_STREAM_END && avail_in == 0
      }
      count = capacity - Int(avail_out)
    }
    return isWhole ? output : nil
  }
}
