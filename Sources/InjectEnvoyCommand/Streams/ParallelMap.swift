import Dispatch

extension Array where Element: Sendable {
  /// The transformed elements in order. The work is divided among all cores.
  func parallelMap<Image: Sendable>(_ transform: @Sendable (Element) -> Image) -> [Image] {
    // A single document is the common case, and needs no thread.
    guard count > 1 else { return map(transform) }
    return [Image](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      // Each thread writes to different places.
      nonisolated(unsafe) let places = buffer
      DispatchQueue.concurrentPerform(iterations: count) { index in
        places.initializeElement(at: index, to: transform(self[index]))
      }
      initializedCount = count
    }
  }
}
