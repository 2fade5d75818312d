/// How much longer something takes for a large input than for a small one.
///
/// The processor's caches and clock also belong to what else runs on the machine, so one measurement can be too long. Work that is
/// more than linear is too long in each of them.
public struct Growth: CustomStringConvertible, Sendable {
  /// Nanoseconds of the thread.
  let small: Int
  let large: Int

  /// - Parameters:
  ///   - limit: A ratio that ends the measurements.
  ///   - time: The nanoseconds that an input of this size takes.
  /// - Returns: The first of ten measurements within the limit, or the last one.
  public static func measured(
    from small: Int, to large: Int, until limit: Double, _ time: (Int) throws -> Int
  ) rethrows -> Growth {
    var growth = Growth(small: 1, large: .max)
    for _ in 0..<10 where growth.ratio > limit {
      growth = Growth(small: try time(small), large: try time(large))
    }
    return growth
  }

  public var ratio: Double { Double(large) / Double(max(small, 1)) }

  public var description: String { "\(small) ns, then \(large) ns" }
}
