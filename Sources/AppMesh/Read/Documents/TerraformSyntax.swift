/// Recognizes Terraform's language, HCL, which this library does not read.
enum TerraformSyntax {
  private static let blocks = [
    "data \"", "locals {", "module \"", "output \"", "provider \"", "resource \"", "terraform {",
    "variable \"",
  ]

  /// The line of the first block of Terraform configuration, or `nil` if there is none.
  static func firstBlock(in text: [UInt8]) -> Int? {
    var line = 0
    for bytes in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      line += 1
      guard bytes.last == UInt8(ascii: "{") || bytes.dropLast().last == UInt8(ascii: "{") else {
        continue
      }
      if blocks.contains(where: { bytes.starts(with: $0.utf8) }) { return line }
    }
    return nil
  }
}
