#!/bin/bash
# Injects TASK_DEFINITION into a new file and writes the outputs of the action to GITHUB_OUTPUT.
#
# action.yml sets TASK_DEFINITION, CONFIG, ARGUMENTS, VERSION and ACTION_PATH. GitHub sets the rest.
set -euo pipefail

# GitHub shows the message on the page of the run, beside the log.
fail() {
  echo "::error title=inject-envoy::$1"
  exit 1
}

# Downloads a release to a folder of its own and verifies its checksum. The checksum finds damaged downloads only: it
# comes from the same place as the binary. The release's attestation proves who built it.
download() {
  local folder=$1 architecture
  case $(uname -sm) in
    "Linux x86_64") architecture=amd64 ;;
    "Linux aarch64") architecture=arm64 ;;
    *) fail "No release runs on $(uname -sm). Use a Linux runner, or put inject-envoy on the PATH." ;;
  esac
  # A runner puts the repository of an action there. An action of the workflow's own repository is elsewhere.
  local repository=$GITHUB_REPOSITORY
  [[ ! $ACTION_PATH =~ /_actions/([^/]+/[^/]+)/ ]] || repository=${BASH_REMATCH[1]}
  local release=$GITHUB_SERVER_URL/$repository/releases/download/v$VERSION
  local name=inject-envoy-linux-$architecture file
  for file in "$name" "$name.sha256"; do
    curl -fsSL --retry 3 -o "$folder/$file" "$release/$file" ||
      fail "Cannot download release $VERSION from $release."
  done
  (cd "$folder" && sha256sum --check --strict --quiet "$name.sha256") ||
    fail "The download of release $VERSION does not have its checksum."
  install -m 755 "$folder/$name" "$folder/inject-envoy"
}

VERSION=${VERSION#v}
if [ -n "$VERSION" ]; then
  # The version becomes a part of an address.
  [[ $VERSION =~ ^[0-9A-Za-z.+-]+$ ]] || fail "The input 'version' must be a version, such as 0.2.0."
  if [ "$(inject-envoy --version 2>/dev/null)" != "inject-envoy $VERSION" ]; then
    folder=$(mktemp -d "$RUNNER_TEMP/inject-envoy-XXXXXX")
    download "$folder"
    PATH=$folder:$PATH
  fi
elif ! command -v inject-envoy >/dev/null; then
  fail "No inject-envoy is on the PATH. Set the input 'version' to the release to download."
fi

# xargs divides at blanks and understands quotes, but expands nothing, unlike eval.
# shellcheck disable=SC2153 # action.yml sets ARGUMENTS.
words=$(xargs -r printf '%s\n' <<<"$ARGUMENTS") || fail "The input 'arguments' has a quote without its end."
arguments=()
[ -z "$words" ] || mapfile -t arguments <<<"$words"
[ -z "$CONFIG" ] || arguments+=(--config "$CONFIG")

# A path that begins with a hyphen is a file, not an option.
[[ $TASK_DEFINITION != -* ]] || TASK_DEFINITION=./$TASK_DEFINITION

injected=$(mktemp "$RUNNER_TEMP/task-definition-XXXXXX.json")
report=$(mktemp "$RUNNER_TEMP/report-XXXXXX.json")
picture=$(mktemp "$RUNNER_TEMP/picture-XXXXXX.md")
inject-envoy inject --report "json=$report" --report "mermaid=$picture" \
  "${arguments[@]}" "$TASK_DEFINITION" >"$injected" ||
  fail "inject-envoy rejected the task definition. The log of this step has the reasons."
[ -s "$injected" ] || fail "inject-envoy printed no document. Remove --in-place from the input 'arguments'."

changed=true
! cmp -s "$TASK_DEFINITION" "$injected" || changed=false
printf 'task-definition=%s\nchanged=%s\nreport=%s\n' "$injected" "$changed" "$report" >>"$GITHUB_OUTPUT"
# The summary of the job draws the picture.
[ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat "$picture" >>"$GITHUB_STEP_SUMMARY"
