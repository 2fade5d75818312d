#!/bin/bash
# Feeds the fuzz targets of Tests/Fuzzing, under AddressSanitizer, and begins with testdata:
#
#   Tests/fuzz.sh SECONDS [TARGET…]    each target for so long; default: all of them
#
# What they learn stays in .build-fuzz/corpus/TARGET. An input that crashes, or breaks a law, is
# left in .build-fuzz/found/TARGET-…, and ends the run with its reason:
#
#   FUZZ_TARGET=TARGET .build-fuzz/release/fuzzing .build-fuzz/found/TARGET-…
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1
shift
targets=("$@")
[ ${#targets[@]} != 0 ] || targets=(splice restore stream inject definition configuration template ledger labels nulls)

# Sources are instrumented, so that libFuzzer sees which of their branches an input reaches.
FUZZING=1 swift build -c release --scratch-path .build-fuzz --product fuzzing \
  --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing -Xswiftc -Osize \
  -Xswiftc -gnone -Xswiftc -use-ld=lld >&2

# The files of testdata that a target begins with.
seeds() {
  case $1 in
    template) find testdata -name 'input.*' -exec grep -L '^[[:space:]]*[[{]' {} + ;;
    configuration) find testdata -name 'inject-envoy.*' ;;
    definition | ledger | labels | nulls) ;;
    *) find testdata -name '*.json' ;;
  esac
}

# Swift's own report of a trap would come before libFuzzer's, which keeps the input.
export SWIFT_BACKTRACE=enable=no
export ASAN_OPTIONS=detect_leaks=0
mkdir -p .build-fuzz/found
for target in "${targets[@]}"; do
  corpus=.build-fuzz/corpus/$target
  mkdir -p "$corpus"
  seeds "$target" | while read -r file; do cp "$file" "$corpus/${file//\//-}"; done
  printf '%s: ' "$target"
  if ! FUZZ_TARGET=$target .build-fuzz/release/fuzzing "$corpus" -max_total_time="$seconds" \
    -max_len=16384 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
    -artifact_prefix=".build-fuzz/found/$target-" 2>.build-fuzz/"$target".log; then
    tail -n 40 .build-fuzz/"$target".log
    exit 1
  fi
  grep -E '^stat::number_of_executed_units' .build-fuzz/"$target".log | grep -oE '[0-9]+$' |
    sed 's/$/ executions/'
done
