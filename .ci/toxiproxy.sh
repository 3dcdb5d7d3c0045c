#!/usr/bin/env bash
# Prints the path of toxiproxy's server; builds it when it is not there yet, in $WINNOW_CI_CACHE (~/.cache/winnow-ci).
# Exit status 3 means that it cannot be had on this machine, with the reason on stderr.
set -euo pipefail

version=2.5.0
server=${WINNOW_CI_CACHE:-$HOME/.cache/winnow-ci}/toxiproxy-$version/server

unavailable() {
  echo "Cannot install toxiproxy $version: $1" >&2
  exit 3
}

if ! [ -x "$server" ]; then
  command -v go >/dev/null || unavailable "there is no go"
  mkdir -p "$(dirname "$server")"
  GOBIN=$(dirname "$server") go install "github.com/Shopify/toxiproxy/v2/cmd/server@v$version" >&2 ||
    unavailable "go does not build it"
fi
echo "$server"
