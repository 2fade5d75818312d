import CommandTesting
import Foundation
import Surroundings
import Testing

/// Terraform, and a folder with the provider of AWS in the layout of a mirror. Neither PyPI nor Debian has
/// the provider, so `Tests/install-tools.sh` cannot install it.
enum TerraformParts {
  static let howToGet: Comment = """
    a slow proof: set SLOW_PROOFS=1; it needs Terraform, and the provider hashicorp/aws in the folder \
    that TERRAFORM_PLUGINS names
    """
  static let terraform = Program(named: "terraform")
  static let plugins = ProcessInfo.processInfo.environment["TERRAFORM_PLUGINS"]
  static let areWanted =
    SlowProofs.areWanted && (terraform != nil && plugins != nil || RealParts.isCI)
}
