import Glibc

/// - Returns: the time in nanoseconds that the calling thread works: whatever else the machine does
///   counts for nothing.
public func threadTime(of work: () throws -> Void) rethrows -> Int {
  let start = threadTime
  try work()
  return threadTime - start
}

private var threadTime: Int {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
