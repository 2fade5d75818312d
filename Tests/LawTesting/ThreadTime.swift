import Glibc

/// - Returns: the CPU time of the calling thread in nanoseconds, which does not depend on the load of the
/// machine.
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
