// libFuzzer's main function calls these two functions: <https://llvm.org/docs/LibFuzzer.html>

import Foundation

/// The environment selects the target, because the arguments belong to libFuzzer.
private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
    fatalError("FUZZ_TARGET is none of \(names)")
  }
  return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: size))
  do {
    try target.check(input)
    return 0
  } catch {
    // A violated law is a crash, so that libFuzzer keeps the input.
    fatalError("\(target.rawValue): \(error)")
  }
}
