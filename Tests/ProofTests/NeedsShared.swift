import Surroundings
import Testing

extension Trait where Self == ConditionTrait {
  /// Skips the test if the files are missing, even in CI, because they are not part of this package.
  static func needsShared(_ name: String) -> Self {
    .enabled(
      if: Folders.shared(name) != nil,
      "no folder '\(name)' in ../shared or where SHARED_DIR says")
  }
}
