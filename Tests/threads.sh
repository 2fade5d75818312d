#!/bin/bash
# Transforms and checks streams on all cores, under ThreadSanitizer. Fails when a thread uses what another one writes.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build --sanitize thread --scratch-path .build-tsan --product inject-envoy >&2

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# ThreadSanitizer does not see that a thread waits for Swift's Mutex, and reports a race between two threads that hold
# it in turn. These closures run while a Mutex is held. A TextFragment does not change after it is made.
cat >"$folder/suppressions" <<'END'
race:PreparedBootstrapsC4keep*EfU_
race:PreparedBootstrapsC8fragment*EfU_
race:LosslessJSON12TextFragmentV
race:TaskDefinitions4LazyC*EfU_
END
export TSAN_OPTIONS=halt_on_error=1:suppressions=$folder/suppressions
# After a race has damaged memory, the report can wait for itself.
inject_envoy() { timeout 120 .build-tsan/debug/inject-envoy "$@" 2>"$folder/report"; }
fails() {
  head -n 60 "$folder/report"
  exit 1
}

for document in ec2-two-containers efs empty-arrays fargate-minimal init-container one-line tabs udp-and-ranges; do
  cat "testdata/$document/input.json"
done >"$folder/documents"
# Threads must meet. A race that was put in for a trial was noticed in four of six runs over 64 documents, and in all
# runs over 256.
for _ in {1..48}; do cat "$folder/documents"; done >"$folder/stream"

for options in "" "--xds control-plane.internal:18000" "--mesh-file testdata/meshes/shop.yaml --node orders-v2" \
  "--virtual-node arn:aws:appmesh:eu-west-1:123456789012:mesh/shop/virtualNode/web"; do
  # shellcheck disable=SC2086 # A line holds several words.
  inject_envoy $options <"$folder/stream" >"$folder/injected" || fails
  inject_envoy check $options <"$folder/injected" >/dev/null || fails
  inject_envoy uninject <"$folder/injected" | cmp - "$folder/stream" || fails
  printf '%s: %s bytes, no race\n' "${options:-no options}" "$(stat -c %s "$folder/injected")"
done
