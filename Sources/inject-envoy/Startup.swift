import Glibc

/// A list of C strings that ends with a null pointer.
typealias Words = UnsafePointer<UnsafeMutablePointer<CChar>?>

/// The program's name and its arguments. `CommandLine` reads them from /proc, and has none without it.
///
/// Written once, before main and before there is a second thread.
nonisolated(unsafe) private(set) var startWords: Words?

/// Lets the program run where there is no /proc, as in a chroot or an image from scratch.
///
/// Before main, the Swift runtime looks for its program that prints backtraces. It starts from the
/// path of the executable, which only /proc tells a static one, and aborts without it: "Unable to
/// obtain Swift runtime path" (`BacktraceInitializer` in stdlib/public/runtime/Backtrace.cpp). It
/// looks for nothing if a variable names a path.
///
/// The linker puts constructors with a priority before those without, as the runtime's. Priorities up
/// to 100 belong to the C library. glibc passes to each of them what main gets.
@used
@section(".init_array.00101")
let startWithoutProc: @convention(c) (CInt, Words) -> Void = { _, words in
  startWords = words
  if access("/proc/self/exe", F_OK) == 0 { return }
  setenv("SWIFT_BACKTRACE", "enable=no,swift-backtrace=/", 1)
}
