#!/usr/bin/env bash
# Prints the path of an OpenTelemetry collector with a receiver and an exporter of OTLP over HTTP; builds it by the
# collector's own builder when it is not there yet, in $WINNOW_CI_CACHE (~/.cache/winnow-ci).
# Exit status 3 means that it cannot be had on this machine, with the reason on stderr.
set -euo pipefail

version=0.162.0
# The collector's stable modules count on their own.
stable=1.68.0
folder=${WINNOW_CI_CACHE:-$HOME/.cache/winnow-ci}/otelcol-$version

unavailable() {
  echo "Cannot build the OpenTelemetry collector $version: $1" >&2
  exit 3
}

if ! [ -x "$folder/otelcol" ]; then
  command -v go >/dev/null || unavailable "there is no go"
  rm -rf "$folder"
  mkdir -p "$folder"
  cat >"$folder/builder.yaml" <<MANIFEST
dist:
  module: winnow.dev/otelcol
  name: otelcol
  output_path: $folder/source
receivers:
  - gomod: go.opentelemetry.io/collector/receiver/otlpreceiver v$version
exporters:
  - gomod: go.opentelemetry.io/collector/exporter/otlphttpexporter v$version
providers:
  - gomod: go.opentelemetry.io/collector/confmap/provider/fileprovider v$stable
conf_resolver:
  default_uri_scheme: file
MANIFEST
  GOBIN=$folder go install "go.opentelemetry.io/collector/cmd/builder@v$version" >&2 ||
    unavailable "go does not build its builder"
  "$folder/builder" --config "$folder/builder.yaml" >"$folder/build.log" 2>&1 || {
    tail -n 5 "$folder/build.log" >&2
    unavailable "its builder does not build it"
  }
  mv "$folder/source/otelcol" "$folder/otelcol"
  rm -rf "$folder/source" "$folder/builder"
fi
echo "$folder/otelcol"
